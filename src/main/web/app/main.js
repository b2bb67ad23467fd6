import {html, render} from 'lit';

render(html`<main><h1>ollama-web</h1></main>`, document.body);
