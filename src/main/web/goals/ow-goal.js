import { html, nothing } from 'lit';
import { Editor } from '../app/editor.js';

const FIELDS = ['title', 'description', 'target_date', 'status', 'progress'];

/** All about one goal; a new one while it has no id. */
class OwGoal extends Editor {
  static properties = { ...Editor.properties, goal: { attribute: false } };

  constructor() {
    super();
    /** @type {Partial<import('../api/types.js').Goal>} */
    this.goal = {};
  }

  render() {
    const { goal } = this;
    const states = ['active', 'achieved', 'abandoned'].map(key => /** @type {[string, string]} */ ([key, this.t(`goals.status.${key}`)]));
    const remove = goal.id ? () => this.removeAfterAsking(this.t('goals.deleteTitle'), this.t('goals.deleteText', { title: goal.title }), () => this.app.api.delete(`/api/v1/goals/${goal.id}`)) : null;
    return this.sheet(this.t(goal.id ? 'goals.one' : 'goals.new'), html`
      ${this.field('title', this.t('goals.what'), { value: goal.title ?? '', maxlength: 200 })}
      ${this.field('description', this.t('tasks.details'), { value: goal.description ?? '', rows: 3, maxlength: 10_000 })}
      <div class="pair">${this.field('target_date', this.t('tasks.until'), { value: goal.target_date?.slice(0, 10) ?? '', type: 'date' })}
      ${goal.id ? this.field('status', this.t('tasks.status'), { value: goal.status, options: states }) : nothing}
      ${this.field('progress', this.t('goals.percent'), { value: String(Math.round((goal.progress ?? 0) * 100)), type: 'number', help: this.t('goals.percentHelp') })}</div>`,
      event => this.#save(event), remove);
  }

  /** @param {Event} event */
  #save(event) {
    const given = this.given(event);
    const before = String(Math.round((this.goal.progress ?? 0) * 100));
    const body = {
      title: given.title.trim(), description: given.description.trim() || null, target_date: given.target_date || null,
      ...(given.status ? { status: given.status } : {}), ...(given.progress === before ? {} : { progress: Number(given.progress) / 100 }),
    };
    this.finish(() => this.goal.id ? this.app.api.patch(`/api/v1/goals/${this.goal.id}`, body) : this.app.api.post('/api/v1/goals/', body), FIELDS);
  }
}

customElements.define('ow-goal', OwGoal);
