// A file that is too large is refused before it is sent; one that is sent shows that it is being read.

export function start(form: HTMLElement): void {
  const file = form.querySelector<HTMLInputElement>('input[type="file"]')!;
  file.addEventListener('change', () => {
    const large = (file.files?.[0]?.size ?? 0) > Number(form.dataset.most);
    file.setCustomValidity(large ? form.dataset.large! : '');
    if (large) file.reportValidity();
  });
  form.addEventListener('submit', () => {
    const button = form.querySelector<HTMLButtonElement>('button.primary')!;
    button.textContent = form.dataset.reading!;
    button.ariaBusy = 'true';
  });
}
