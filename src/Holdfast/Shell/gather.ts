// A list that grows at its head while someone reads it. Nothing moves: what is new waits behind "12 new" until asked for,
// or comes by itself when nobody reads (the page is at its top, and no pointer, finger or focus is on the list).
//   <div data-module="Shell/gather" data-topics="changed:brand:…" data-new="{0} new"><ol id="stream"><li id="p1">…</li></ol></div>
// Each row has an id. The list is fetched again from the page's own address.
const lively = 3_000;

export function start(root: HTMLElement): void {
  const list = root.querySelector<HTMLElement>('[id]')!;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'gather';
  button.hidden = true;
  button.setAttribute('aria-live', 'polite');
  root.prepend(button);

  let waiting: Element[] = [];
  let lastTouch = 0;
  let busy = false;
  let again = false;
  for (const name of ['pointermove', 'pointerdown', 'touchmove', 'wheel', 'keydown']) {
    root.addEventListener(name, () => { lastTouch = Date.now(); }, { passive: true });
  }

  const reading = () => Date.now() - lastTouch < lively || list.getBoundingClientRect().top < 0 || list.contains(document.activeElement);

  function show(): void {
    for (const row of waiting.reverse()) {
      const known = document.getElementById(row.id);
      if (known) known.remove();
      row.classList.add('arrived');
      list.prepend(row);
    }
    waiting = [];
    button.hidden = true;
    htmx.process(list);
  }

  async function look(): Promise<void> {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { 'HX-Request': 'true' } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const rows = [...(page.getElementById(list.id)?.children ?? [])];
      waiting = rows.filter(row => row.id && !document.getElementById(row.id));
      if (waiting.length === 0) return;
      if (!reading() && list.childElementCount > 0) {
        show();
      } else {
        button.textContent = (root.dataset.new ?? '{0}').replace('{0}', String(waiting.length));
        button.hidden = false;
      }
    } finally {
      busy = false;
      if (again) {
        again = false;
        void look();
      }
    }
  }

  button.addEventListener('click', () => {
    show();
    lastTouch = 0;
    list.scrollIntoView({ block: 'nearest' });
  });
  for (const topic of (root.dataset.topics ?? '').split(/[\s,]+/).filter(each => each.startsWith('changed:'))) {
    document.body.addEventListener(topic, () => void look());
  }
}
