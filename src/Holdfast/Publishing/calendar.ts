// Posts move to another day by pointer, or by keys: Shift and an arrow, M for another time. What the server refuses (a time that
// the clocks leave out, or show twice) is asked on the page for moving.

const far = 6;

export function start(calendar: HTMLElement): void {
  const token = calendar.querySelector<HTMLInputElement>('[name="__RequestVerificationToken"]')!.value;
  const say = calendar.querySelector<HTMLElement>('[data-say]')!;
  const back = calendar.dataset.back!;

  async function move(post: HTMLElement, day: string): Promise<void> {
    const id = post.dataset.post!;
    post.classList.add('waiting');
    const body = new URLSearchParams({ __RequestVerificationToken: token, dueAt: day, back });
    const answer = await fetch(`/posts/${id}/move`, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
    if (answer?.type !== 'opaqueredirect') {
      location.href = `/posts/${id}/move?day=${day}&back=${encodeURIComponent(back)}`;
      return;
    }
    const text = post.querySelector('.cal-text')?.textContent ?? '';
    post.classList.remove('waiting');
    const there = calendar.querySelector<HTMLElement>(`[data-day="${day}"] .cal-entries`);
    if (there) {
      const time = post.querySelector('time')!.textContent!;
      const next = [...there.querySelectorAll<HTMLElement>('.cal-post')].find(each => each.querySelector('time')!.textContent! > time);
      there.insertBefore(post, next ?? null);
      post.querySelector<HTMLElement>('a')!.focus();
    } else {
      location.reload();
    }
    say.textContent = say.dataset.say!.replace('{0}', text.trim()).replace('{1}', day);
  }

  function shifted(day: string, by: number): string {
    const date = new Date(`${day}T12:00:00Z`);
    date.setUTCDate(date.getUTCDate() + by);
    return date.toISOString().slice(0, 10);
  }

  calendar.addEventListener('keydown', event => {
    const post = (event.target as Element).closest<HTMLElement>('.cal-post[data-post]');
    const day = post?.closest<HTMLElement>('[data-day]')?.dataset.day;
    if (!post || !day || event.ctrlKey || event.altKey || event.metaKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (by !== undefined && event.shiftKey) {
      event.preventDefault();
      void move(post, shifted(day, by));
    } else if (event.key.toLowerCase() === 'm') {
      event.preventDefault();
      location.href = `/posts/${post.dataset.post}/move?back=${encodeURIComponent(back)}`;
    }
  });

  calendar.addEventListener('pointerdown', event => {
    // A finger scrolls; it moves posts by "Move to…".
    const post = (event.target as Element).closest<HTMLElement>('.cal-post[data-post]');
    if (!post || event.button !== 0 || event.pointerType === 'touch') return;
    const from = { x: event.clientX, y: event.clientY };
    const home = post.closest<HTMLElement>('[data-day]')!;
    let over: HTMLElement | null = null;
    let dragging = false;

    const drag = (moved: PointerEvent): void => {
      const [dx, dy] = [moved.clientX - from.x, moved.clientY - from.y];
      if (!dragging && Math.hypot(dx, dy) < far) return;
      dragging = true;
      post.classList.add('dragged');
      post.style.transform = `translate(${dx}px, ${dy}px)`;
      const day = document.elementFromPoint(moved.clientX, moved.clientY)?.closest<HTMLElement>('[data-day]') ?? null;
      if (day === over) return;
      over?.classList.remove('over');
      over = day;
      over?.classList.add('over');
    };
    const end = (): void => {
      removeEventListener('pointermove', drag);
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', escape);
      post.classList.remove('dragged');
      post.style.transform = '';
      over?.classList.remove('over');
    };
    const drop = (): void => {
      const to = over;
      end();
      if (!dragging) return;
      // The click that ends a drag opens nothing.
      addEventListener('click', stop, { capture: true });
      setTimeout(() => removeEventListener('click', stop, { capture: true }));
      if (to && to !== home) void move(post, to.dataset.day!);
    };
    const stop = (click: Event): void => click.preventDefault();
    const escape = (key: KeyboardEvent): void => { if (key.key === 'Escape') { dragging = false; end(); } };
    addEventListener('pointermove', drag);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', end);
    addEventListener('keydown', escape);
  });
}
