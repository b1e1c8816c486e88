// Creating a passkey, and signing in with one. The buttons stay hidden where the browser has none.
export function start(button: HTMLElement): void {
  if (!('PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential)) return;
  button.hidden = false;
  button.addEventListener('click', () => void press(button));
}

async function press(button: HTMLElement): Promise<void> {
  const error = document.querySelector<HTMLElement>('[data-passkey-error]');
  if (error) error.hidden = true;
  try {
    const done = button.dataset.passkey === 'create' ? await create() : await signIn();
    if (done) location.assign(button.dataset.to ?? '/');
    else if (error) error.hidden = false;
  } catch (refused) {
    // The person closed the browser's own question: nothing to say about it.
    if (!(refused instanceof DOMException && refused.name === 'NotAllowedError') && error) error.hidden = false;
  }
}

async function create(): Promise<boolean> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await ask('/me/passkeys/options'));
  return send('/me/passkeys', await navigator.credentials.create({ publicKey }));
}

async function signIn(): Promise<boolean> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await ask('/sign-in/passkey/options'));
  return send('/sign-in/passkey', await navigator.credentials.get({ publicKey }));
}

async function ask(address: string): Promise<never> {
  const answer = await fetch(address, { method: 'POST' });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as never;
}

async function send(address: string, credential: Credential | null): Promise<boolean> {
  if (!credential) return false;
  const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(credential) });
  return answer.ok;
}
