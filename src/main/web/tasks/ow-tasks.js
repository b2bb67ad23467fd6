import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../app/icons.js';
import { Paged } from '../app/paged.js';
import { Room } from '../app/room.js';
import { dayOf } from './days.js';
import './ow-task.js';

/** @typedef {import('../api/types.js').Task} Task */

const VIEWS = /** @type {const} */ (['today', 'open', 'in_progress', 'done']);

/** What is to be done: a line to write the next thing down, and the list. */
class OwTasks extends Room {
  static properties = { ...Room.properties, view: { state: true }, edited: { state: true }, wrong: { state: true } };

  /** @type {Paged<Task>} */
  tasks = /** @type {any} */ (undefined);

  constructor() {
    super();
    /** @type {typeof VIEWS[number]} */
    this.view = 'open';
    /** @type {Task|null} */
    this.edited = null;
    this.wrong = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.tasks ??= new Paged(this.app.api, '/api/v1/tasks/', () => this.requestUpdate());
    this.#show(this.view);
  }

  render() {
    return this.frame(this.t('tasks.title'), html`
      <form class="quick" @submit=${this.#add}><label class="unseen" for="new-task">${this.t('tasks.new')}</label>
        <input class="input" id="new-task" name="title" maxlength="200" autocomplete="off" placeholder=${this.t('tasks.new')} aria-invalid=${this.wrong ? 'true' : nothing}>
        <button class="btn go">${this.t('tasks.add')}</button></form>
      ${this.wrong ? html`<p class="quick-wrong" role="alert">${this.wrong}</p>` : nothing}
      <div class="tabs" role="group" aria-label=${this.t('tasks.which')}>${VIEWS.map(view => html`<button aria-pressed=${view === this.view} @click=${() => this.#show(view)}>${this.t(`tasks.${view}`)}</button>`)}</div>
      ${this.#list()}
      ${this.edited ? html`<ow-task .app=${this.app} .task=${this.edited} @closed=${this.#closed}></ow-task>` : nothing}`);
  }

  #list() {
    const { items, error, hasMore } = this.tasks;
    if (items === null) {
      return error ? this.failure(error, () => this.tasks.load()) : this.waiting();
    }
    if (items.length === 0) {
      return html`<div class="blank">${icon('tasks')}<span>${this.t(`tasks.none.${this.view}`)}</span></div>`;
    }
    return html`<ul role="list" class="things">${repeat(items, task => task.id, task => this.#row(task))}</ul>
      ${hasMore ? html`<div class="more"><button class="btn" @click=${() => this.tasks.loadMore()}>${this.t('tasks.more')}</button></div>` : nothing}`;
  }

  /** @param {Task} task */
  #row(task) {
    const done = task.status === 'done';
    return html`<li class="thing task ${done ? 'done' : ''}">
      <label class="tick"><input type="checkbox" .checked=${done} @change=${() => this.#tick(task)}><span class="unseen">${task.title}</span></label>
      <button class="thing-text" @click=${() => this.edited = task}><b>${task.title}</b><span class="unseen">${this.t('tasks.edit')}</span><span>${this.#facts(task)}</span></button></li>`;
  }

  /** @param {Task} task */
  #facts(task) {
    const late = task.due_date !== null && task.status !== 'done' && task.due_date < new Date().toISOString();
    const facts = [
      task.due_date ? html`<span class=${late ? 'late' : ''}>${this.t(late ? 'tasks.late' : 'tasks.due', { day: this.app.words.day(task.due_date) })}</span>` : null,
      task.priority === 'high' || task.priority === 'urgent' ? html`<span class="tag">${this.t(`tasks.priority.${task.priority}`)}</span>` : null,
      task.status === 'in_progress' ? this.t('tasks.status.in_progress') : null,
      ...task.tags.map(tag => html`<span class="tag">${tag}</span>`),
    ].filter(Boolean);
    return facts.flatMap((fact, i) => i === 0 ? [fact] : [' ', fact]);
  }

  /** @param {typeof VIEWS[number]} view */
  #show(view) {
    const { tasks } = this;
    this.view = view;
    tasks.path = view === 'today' ? '/api/v1/tasks/today' : '/api/v1/tasks/';
    tasks.load(view === 'today' ? {} : { status: view });
  }

  /** @param {Event} event */
  async #add(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const title = String(new FormData(form).get('title')).trim();
    if (title === '') {
      return;
    }
    this.wrong = '';
    try {
      const today = this.view === 'today' ? { due_date: dayOf(new Date().toISOString(), this.state.session.user?.timezone) } : {};
      await this.app.api.post('/api/v1/tasks/', { title, ...today });
      form.reset();
      await this.tasks.load();
    } catch (error) {
      this.wrong = this.app.notices.explain(error);
    }
  }

  /** @param {Task} task */
  async #tick(task) {
    const { api, notices } = this.app;
    try {
      const { data } = task.status === 'done'
        ? await api.patch(`/api/v1/tasks/${task.id}`, { status: 'open' })
        : await api.post(`/api/v1/tasks/${task.id}/complete`);
      this.tasks.put(data);
      if (data.status === 'done') {
        notices.show(this.t('tasks.completed', { title: task.title }), { label: this.t('tasks.undo'), run: () => this.#tick(data) });
      }
    } catch (error) {
      notices.failed(error);
      this.tasks.load();
    }
  }

  /** @param {CustomEvent<boolean>} event */
  #closed(event) {
    this.edited = null;
    if (event.detail) {
      this.tasks.load();
    }
  }
}

customElements.define('ow-tasks', OwTasks);
