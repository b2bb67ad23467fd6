// What the page uses of the libraries, for the type checker; the libraries themselves come from webjars.
declare module 'lit' {
  export class LitElement extends HTMLElement {
    static properties: Record<string, { attribute?: boolean | string; state?: boolean; type?: unknown; reflect?: boolean }>;
    readonly hasUpdated: boolean;
    readonly updateComplete: Promise<boolean>;
    createRenderRoot(): HTMLElement | DocumentFragment;
    connectedCallback(): void;
    disconnectedCallback(): void;
    requestUpdate(name?: PropertyKey, old?: unknown): void;
    willUpdate(changed: Map<PropertyKey, any>): void;
    render(): unknown;
    firstUpdated(changed: Map<PropertyKey, any>): void;
    updated(changed: Map<PropertyKey, any>): void;
  }
  export function html(strings: TemplateStringsArray, ...values: unknown[]): unknown;
  export function svg(strings: TemplateStringsArray, ...values: unknown[]): unknown;
  export const nothing: unique symbol;
  export const noChange: unique symbol;
}
declare module 'lit/directives/repeat.js' {
  export function repeat<T>(items: Iterable<T>, key: (item: T, index: number) => unknown, template: (item: T, index: number) => unknown): unknown;
}
declare module 'lit/directives/live.js' {
  export function live(value: unknown): unknown;
}
declare module 'markdown-it' {
  const MarkdownIt: any;
  export default MarkdownIt;
}
declare module 'dompurify' {
  const DOMPurify: {
    addHook(name: string, hook: (node: Element) => void): void;
    sanitize(html: string, config: object): DocumentFragment;
  };
  export default DOMPurify;
}
declare module '*/highlight.min.js' {
  const hljs: any;
  export default hljs;
}
declare module 'katex' {
  const katex: any;
  export default katex;
}
declare module 'chart.js' {
  const Chart: any;
  export default Chart;
}
