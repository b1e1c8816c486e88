// The slider says its number at once, and the address keeps it; the figures follow from the server at the next pause.
export function start(form: HTMLElement): void {
  const range = form.querySelector<HTMLInputElement>('input[type="range"]');
  const output = form.querySelector('output');
  form.querySelector('.no-script')?.setAttribute('hidden', '');
  if (!range || !output) return;
  const language = document.documentElement.lang || 'en';
  range.addEventListener('input', () => {
    output.textContent = range.valueAsNumber.toLocaleString(language);
    const address = new URL(location.href);
    address.searchParams.set('number', range.value);
    history.replaceState(history.state, '', address);
  });
}
