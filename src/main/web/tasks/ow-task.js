import { html } from 'lit';
import { Editor } from '../app/editor.js';
import { dayOf } from './days.js';
import './ow-reminders.js';

const FIELDS = ['title', 'description', 'priority', 'status', 'due_date', 'goal_id', 'tags', 'estimated_minutes', 'recurrence'];
const RULES = ['FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'FREQ=MONTHLY', 'FREQ=YEARLY'];

/** All about one task. */
class OwTask extends Editor {
  static properties = { ...Editor.properties, task: { attribute: false }, goals: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Task} */
    this.task = /** @type {any} */ (undefined);
    /** @type {import('../api/types.js').Goal[]} */
    this.goals = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.app.api.get('/api/v1/goals/', { query: { page_size: 100 } }).then(({ data }) => this.goals = data.items, () => {});
  }

  render() {
    const { task } = this;
    const named = (/** @type {string} */ prefix, /** @type {string[]} */ keys) => keys.map(key => /** @type {[string, string]} */ ([key, this.t(`${prefix}.${key}`)]));
    /** @type {[string, string][]} */
    const goals = [['', this.t('tasks.noGoal')], ...this.goals.map(goal => /** @type {[string, string]} */ ([String(goal.id), goal.title]))];
    return this.sheet(this.t('tasks.one'), html`
      ${this.field('title', this.t('tasks.what'), { value: task.title, maxlength: 200 })}
      ${this.field('description', this.t('tasks.details'), { value: task.description ?? '', rows: 3, maxlength: 10_000 })}
      <div class="pair">${this.field('due_date', this.t('tasks.until'), { value: dayOf(task.due_date, this.state.session.user?.timezone), type: 'date' })}
      ${this.field('priority', this.t('tasks.priority'), { value: task.priority, options: named('tasks.priority', ['low', 'medium', 'high', 'urgent']) })}
      ${this.field('status', this.t('tasks.status'), { value: task.status, options: named('tasks.status', ['open', 'in_progress', 'done', 'cancelled']) })}
      ${this.field('goal_id', this.t('goals.one'), { value: String(task.goal_id ?? ''), options: goals })}
      ${this.field('tags', this.t('tasks.tags'), { value: task.tags.join(', '), help: this.t('tasks.tagsHelp') })}
      ${this.field('estimated_minutes', this.t('tasks.minutes'), { value: String(task.estimated_minutes ?? ''), type: 'number' })}
      ${this.field('recurrence', this.t('tasks.recurrence'), { value: task.recurrence ?? '', options: this.#rules() })}</div>
      <ow-reminders .app=${this.app} .task=${task}></ow-reminders>`,
      event => this.#save(event), () => this.removeAfterAsking(this.t('tasks.deleteTitle'), this.t('tasks.deleteText', { title: task.title }), () => this.app.api.delete(`/api/v1/tasks/${task.id}`)));
  }

  /** @returns {[string, string][]} the usual ones, and the task's own where it is another */
  #rules() {
    const own = this.task.recurrence;
    return [['', this.t('tasks.recurrence.none')],
      ...RULES.map((rule, i) => /** @type {[string, string]} */ ([rule, this.t(`tasks.recurrence.${i}`)])),
      ...(own && !RULES.includes(own) ? [/** @type {[string, string]} */ ([own, own])] : [])];
  }

  /** @param {Event} event */
  #save(event) {
    const given = this.given(event);
    const due = given.due_date === dayOf(this.task.due_date, this.state.session.user?.timezone) ? {} : { due_date: given.due_date || null };
    this.finish(() => this.app.api.patch(`/api/v1/tasks/${this.task.id}`, {
      title: given.title.trim(), description: given.description.trim() || null, priority: given.priority, status: given.status, ...due,
      goal_id: given.goal_id ? Number(given.goal_id) : null,
      tags: given.tags.split(',').map(tag => tag.trim()).filter(Boolean),
      estimated_minutes: given.estimated_minutes ? Number(given.estimated_minutes) : null,
      recurrence: given.recurrence || null,
    }), FIELDS);
  }
}

customElements.define('ow-task', OwTask);
