import { html } from 'lit';
import { Form } from '../app/form.js';
import '../models/ow-ollama-steps.js';

/** Where the models are, and which one answers by default. */
class OwOllamaSettings extends Form {
  watched() {
    const { settings, models, health } = this.state;
    return [settings, models, health];
  }

  render() {
    const { settings, models } = this.state;
    const names = models.items.map(model => model.name);
    const chosen = settings.values.default_model ?? '';
    /** @type {[string, string][]} */
    const options = [['', this.t('settings.firstModel')], ...[...new Set([...names, chosen])].filter(Boolean).map(name => /** @type {[string, string]} */ ([name, name]))];
    return html`<ow-ollama-steps .app=${this.app}></ow-ollama-steps>
      <form class="section-form" @submit=${this.#save} novalidate>
        ${this.trouble()}
        ${this.field('ollama_url', this.t('settings.ollamaUrl'), { value: settings.ollamaUrl, type: 'url' })}
        ${this.field('default_model', this.t('settings.defaultModel'), { value: chosen, options })}
        <div class="section-acts"><button class="btn go" ?disabled=${this.busy}>${this.t('app.save')}</button></div></form>`;
  }

  /** @param {Event} event */
  async #save(event) {
    const { ollama_url: url, default_model: model } = this.given(event);
    const { settings, models } = this.app;
    const saved = await this.attempt(async () => {
      if (url.trim() !== this.state.settings.ollamaUrl) {
        await settings.saveOllamaUrl(url.trim());
        models.forget();
      }
      await settings.save({ default_model: model || null });
    }, ['ollama_url', 'default_model']);
    if (saved) {
      models.load({ refresh: true });
      this.app.notices.show(this.t('app.saved'));
    }
  }
}

customElements.define('ow-ollama-settings', OwOllamaSettings);
