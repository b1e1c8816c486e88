// The composer: counts while one types, asks the server how it will look, takes pictures in, and warns before words are lost.

const pause = 350;
const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const bytes = new TextEncoder();

function length(text: string, account: HTMLInputElement): number {
  if (account.dataset.count === 'Graphemes') return [...segments.segment(text)].length;
  const link = Number(account.dataset.link ?? 0);
  const counted = text.replace(/https?:\/\/\S+/gi, all => (link > 0 ? 'x'.repeat(link) : all)).replace(/(@\w+)@[\w.-]+/g, '$1');
  return [...counted].length;
}

export function start(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  const all = form.querySelector<HTMLTextAreaElement>('#text')!;
  const files = form.querySelector<HTMLInputElement>('#files')!;
  const pictures = form.querySelector<HTMLElement>('#pictures')!;
  let waiting = 0;
  let asked: AbortController | undefined;
  let touched = false;

  function textOf(account: HTMLInputElement): string {
    const vary = form.querySelector<HTMLInputElement>(`[name="vary.${account.value}"]`);
    return (vary?.checked ? form.querySelector<HTMLTextAreaElement>(`[name="own.${account.value}"]`)! : all).value.trim();
  }

  /** A quick word before the server's own, which replaces it. */
  function count(): void {
    for (const account of form.querySelectorAll<HTMLInputElement>('[name="account"]:checked')) {
      const said = document.querySelector<HTMLElement>(`#counts [data-of="${account.value}"]`);
      if (!said) continue;
      const text = textOf(account);
      const used = length(text, account);
      const over = Math.max(0, used - Number(account.dataset.max));
      const heavy = account.dataset.bytes !== undefined && bytes.encode(text).length > Number(account.dataset.bytes);
      said.classList.toggle('over', over > 0 || heavy);
      if (over === 0 && !heavy) said.textContent = said.dataset.left!.replace('{0}', String(used));
    }
  }

  async function look(): Promise<void> {
    asked?.abort();
    asked = new AbortController();
    const data = new FormData(form as HTMLFormElement);
    data.delete('files');
    try {
      const answer = await fetch('/posts/preview', { method: 'POST', body: data, signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const id of ['counts', 'preview']) {
        const fresh = page.getElementById(id);
        if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
      }
    } catch {
      // The words are safe in the form; the next pause asks again.
    }
  }

  function soon(): void {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void look(), pause);
  }

  async function take(): Promise<void> {
    const said = document.createElement('li');
    said.className = 'soft';
    for (const file of [...(files.files ?? [])]) {
      const data = new FormData();
      for (const name of ['__RequestVerificationToken', 'brand']) data.set(name, (form.querySelector(`[name="${name}"]`) as HTMLInputElement).value);
      data.set('files', file);
      said.textContent = files.dataset.busy!;
      pictures.append(said);
      try {
        const answer = await fetch('/posts/media', { method: 'POST', body: data });
        if (!answer.ok) throw new Error(String(answer.status));
        said.insertAdjacentHTML('beforebegin', await answer.text());
        said.remove();
      } catch {
        said.className = 'error';
        said.textContent = files.dataset.failed!;
      }
    }
    files.value = '';
    showRemovers();
    soon();
  }

  function showRemovers(): void {
    for (const button of pictures.querySelectorAll<HTMLButtonElement>('[data-remove][hidden]')) button.hidden = false;
  }

  form.addEventListener('input', event => {
    if (event.target === files) return;
    touched = true;
    const vary = event.target as HTMLInputElement;
    if (vary.name?.startsWith('vary.') && vary.checked) {
      const own = form.querySelector<HTMLTextAreaElement>(`[name="own.${vary.name.slice(5)}"]`)!;
      if (own.value.trim() === '') own.value = all.value;
      own.focus();
    }
    count();
    soon();
  });
  files.addEventListener('change', () => void take());
  pictures.addEventListener('click', event => {
    const button = (event.target as Element).closest('[data-remove]');
    if (!button) return;
    button.closest('li')?.remove();
    touched = true;
    files.focus();
    soon();
  });
  form.addEventListener('submit', () => { touched = false; });
  window.addEventListener('beforeunload', event => { if (touched) event.preventDefault(); });
  showRemovers();
}
