// The room stays as it is while someone writes in it: each part marked data-live is exchanged when it changed on the server,
// unless a field in it has the focus or a form in it is open; then it waits until that is over.
declare const htmx: { process(element: Element): void };

const pause = 300;

const isBusy = (part: Element): boolean =>
  part.querySelector('details[open] form') !== null || (part.contains(document.activeElement) && document.activeElement!.matches('input, textarea, select'));

export function start(room: HTMLElement): void {
  let running = false;
  let again = false;
  let waiting = false;

  async function look(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      const answer = await fetch(location.href, { headers: { 'HX-Request': 'true' } });
      if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      await new Promise(resolve => setTimeout(resolve, pause));
    } finally {
      running = false;
      if (again) {
        again = false;
        void look();
      }
    }
  }

  function exchange(page: Document): void {
    waiting = false;
    for (const part of room.querySelectorAll<HTMLElement>('[data-live]')) {
      const fresh = page.getElementById(part.id);
      if (!fresh || plain(fresh) === plain(part)) continue;
      if (isBusy(part)) {
        waiting = true;
        continue;
      }
      const next = document.importNode(fresh, true);
      part.replaceWith(next);
      htmx.process(next);
    }
    document.dispatchEvent(new CustomEvent('htmx:after:swap'));
  }

  // Tokens and ticking times differ from one answer to the next without anything having changed.
  const plain = (part: HTMLElement): string => {
    const copy = part.cloneNode(true) as HTMLElement;
    for (const each of copy.querySelectorAll('input[name="__RequestVerificationToken"]')) each.remove();
    for (const each of copy.querySelectorAll('time')) each.replaceWith(each.getAttribute('datetime') ?? '');
    for (const each of copy.querySelectorAll('[open]')) each.removeAttribute('open');
    return copy.innerHTML.replace(/\s+/g, ' ');
  };

  const settled = () => { if (waiting) void look(); };
  room.addEventListener('focusout', () => setTimeout(settled));
  room.addEventListener('toggle', settled, true);
  for (const topic of (room.dataset.topics ?? '').split(/[\s,]+/).filter(each => each.startsWith('changed:'))) {
    document.body.addEventListener(topic, () => void look());
  }
}
