// Lets <When> tick: relative up to an hour, then clock time; adds the viewer's own time to the exact one.
const words = document.documentElement.dataset;
const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const hour = 3_600_000;

function relative(away: number): string {
  const minutes = Math.trunc(Math.abs(away) / 60_000);
  if (minutes === 0) return (away > 0 ? words.soon : words.now) ?? '';
  return ((away > 0 ? words.in : words.ago) ?? '{0}').replace('{0}', String(minutes));
}

function tick(): void {
  const now = Date.now();
  for (const time of document.querySelectorAll<HTMLTimeElement>('time.when')) {
    const at = Date.parse(time.dateTime);
    if (!time.dataset.yours) {
      time.dataset.yours = 'said';
      if (time.dataset.zone !== viewerZone) time.dataset.exact += ` · ${clock.format(at)} ${words.yours}`;
    }
    const text = Math.abs(at - now) < hour ? relative(at - now) : time.dataset.clock ?? '';
    if (time.textContent !== text) time.textContent = text;
  }
}

tick();
setInterval(tick, 5_000);
document.addEventListener('htmx:after:swap', tick);
