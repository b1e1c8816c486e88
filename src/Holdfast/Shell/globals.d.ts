// htmx puts itself on the window; these are the parts we use.
declare const htmx: { process(element: Element): void };
interface HTMLDetailsElement { name: string }
