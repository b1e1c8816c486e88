// "All" ticks every held post; pressed once more, none.

export function start(held: HTMLElement): void {
  const all = held.querySelector<HTMLButtonElement>('[data-all]');
  if (!all) return;
  all.hidden = false;
  all.addEventListener('click', () => {
    const choices = [...held.querySelectorAll<HTMLInputElement>('input[name="post"]')];
    const on = choices.some(choice => !choice.checked);
    for (const choice of choices) choice.checked = on;
  });
}
