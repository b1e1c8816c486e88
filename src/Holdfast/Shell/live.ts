// News from the server: one EventSource for all topics the page asks for, told on as `changed:<topic>` events on <body>.
// A fragment asks with htmx:  hx-get="/same/url" hx-select="#id" hx-trigger="changed:brand:… from:body"
const wanted = (): string[] => {
  const found = new Set<string>();
  for (const element of document.querySelectorAll('[hx-trigger*="changed:"], [data-topics]')) {
    const text = `${element.getAttribute('hx-trigger') ?? ''} ${element.getAttribute('data-topics') ?? ''}`;
    for (const match of text.matchAll(/changed:([^\s,[]+)/g)) found.add(match[1]!);
  }
  return [...found].sort();
};

// Nothing moves under a finger: while someone presses, types, or has just moved the pointer over a live part, its refresh waits.
const resting = 1_500;
const touched = new WeakMap<Element, number>();
const waiting = new Map<Element, number>();
for (const name of ['pointermove', 'pointerdown', 'touchmove', 'input']) {
  document.addEventListener(name, event => {
    const live = (event.target as Element).closest?.('[hx-trigger*="changed:"]');
    if (live) touched.set(live, Date.now());
  }, { passive: true });
}
const inUse = (element: Element): boolean =>
  Date.now() - (touched.get(element) ?? 0) < resting
  || element.querySelector('details.confirm[open]') !== null
  || (element.contains(document.activeElement) && document.activeElement!.matches('input:not([type="checkbox"]), textarea, select'));

document.addEventListener('htmx:before:request', event => {
  const element = event.target as Element;
  if (!element.matches?.('[hx-trigger*="changed:"]') || !inUse(element)) return;
  event.preventDefault();
  clearTimeout(waiting.get(element));
  waiting.set(element, window.setTimeout(() => {
    const topic = element.getAttribute('hx-trigger')!.match(/changed:[^\s,[]+/)![0];
    document.body.dispatchEvent(new CustomEvent(topic));
  }, resting));
});

// How far this page knows the news: as rendered, then as told. A stream for other topics than the last asks from the beginning.
const rendered = document.querySelector<HTMLMetaElement>('meta[name=since]')?.content ?? '';
let source: EventSource | undefined;
let topics = '';
let told = '';

function connect(): void {
  const next = wanted().join(',');
  if (next === topics && source && source.readyState !== EventSource.CLOSED) return;
  source?.close();
  source = undefined;
  if (next !== topics) told = '';
  topics = next;
  if (!next) return;
  source = new EventSource(`/changes?topics=${encodeURIComponent(next)}&since=${told || rendered}`);
  source.onmessage = event => {
    told = event.lastEventId || told;
    document.body.dispatchEvent(new CustomEvent(`changed:${event.data}`));
  };
}

// Not before the page's parts listen: what was missed may be told at once, and what happens until then is told too.
if (document.readyState === 'complete') connect();
else window.addEventListener('load', connect);
document.addEventListener('htmx:after:swap', connect);
// A page nobody looks at holds no connection; on return it is told what it missed.
document.addEventListener('visibilitychange', () => document.hidden ? source?.close() : connect());
