// Filters are sent as soon as one is chosen; without script there is a button.
export function start(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  form.querySelector('.no-script')?.setAttribute('hidden', '');
  form.addEventListener('change', () => form.requestSubmit());
  // Empty choices would only lengthen the address.
  form.addEventListener('formdata', event => {
    for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
  });
}
