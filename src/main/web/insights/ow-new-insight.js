import { html, nothing } from 'lit';
import { Editor } from '../app/editor.js';

/** Orders an insight: of what kind is decided, about what and by which model is asked. */
class OwNewInsight extends Editor {
  static properties = { ...Editor.properties, kind: { attribute: false }, goals: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Insight['kind']} */
    this.kind = 'daily_summary';
    /** @type {import('../api/types.js').Goal[]} */
    this.goals = [];
  }

  watched() {
    return [this.state.models, this.state.library];
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.kind === 'goal_review') {
      this.app.api.get('/api/v1/goals/', { query: { page_size: 100 } }).then(({ data }) => this.goals = data.items, () => {});
    }
  }

  render() {
    const models = this.state.models.items.map(model => /** @type {[string, string]} */ ([model.name, model.name]));
    const goals = this.goals.map(goal => /** @type {[string, string]} */ ([String(goal.id), goal.title]));
    const chats = this.state.library.items.slice(0, 100).map(chat => /** @type {[string, string]} */ ([String(chat.id), chat.title]));
    return this.sheet(this.t(`insights.kind.${this.kind}`), html`
      <p>${this.t(`insights.help.${this.kind}`)}</p>
      ${this.kind === 'goal_review' ? this.field('goal_id', this.t('goals.one'), { options: goals }) : nothing}
      ${this.kind === 'conversation_digest' ? this.field('conversation_id', this.t('insights.conversation'), { options: chats }) : nothing}
      ${this.field('model_name', this.t('models.choose'), { value: this.app.models.for(null), options: models })}`, event => this.#save(event), null);
  }

  /** @param {Event} event */
  #save(event) {
    const given = this.given(event);
    this.finish(() => this.app.api.post('/api/v1/insights/', {
      kind: this.kind,
      ...(given.goal_id ? { goal_id: Number(given.goal_id) } : {}),
      ...(given.conversation_id ? { conversation_id: Number(given.conversation_id) } : {}),
      ...(given.model_name ? { model_name: given.model_name } : {}),
    }), ['goal_id', 'conversation_id', 'model_name']);
  }
}

customElements.define('ow-new-insight', OwNewInsight);
