// Loaded on every page: htmx, news from the server, ticking times, and the modules a page asks for.
import 'htmx.org';
import './live';
import './when';

type Module = { start(element: HTMLElement): void };

/** `<div data-module="People/passkeys">` loads that feature's module once it is on the page, also after a swap. */
function startModules(within: ParentNode): void {
  for (const element of within.querySelectorAll<HTMLElement>('[data-module]:not([data-started])')) {
    element.dataset.started = '';
    const address = `${document.documentElement.dataset.built}${element.dataset.module}.js`;
    void import(address).then((module: Module) => module.start(element));
  }
}

startModules(document);
document.addEventListener('htmx:after:swap', () => startModules(document));

// A menu or an open question closes when one presses elsewhere, or Escape.
document.addEventListener('click', event => {
  for (const open of document.querySelectorAll<HTMLDetailsElement>('.menu[open], .confirm[open]')) {
    if (!open.contains(event.target as Node)) open.open = false;
  }
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector<HTMLDetailsElement>('.menu[open], .confirm[open]');
  if (open) {
    open.open = false;
    open.querySelector('summary')?.focus();
  }
});
