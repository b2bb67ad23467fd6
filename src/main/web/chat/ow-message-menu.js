import { Element } from '../app/element.js';
import { menu } from '../app/menu.js';
import { messageMenu } from './message-menu.js';

/** The menu that all messages of a list share; the button that was pressed says for which of them it opens. */
class OwMessageMenu extends Element {
  static properties = { ...Element.properties, message: { state: true } };

  constructor() {
    super();
    /** @type {import('../api/types.js').Message|null} */
    this.message = null;
  }

  watched() {
    return [this.state.running];
  }

  /** @param {import('../api/types.js').Message} message @param {HTMLElement} button */
  openFor(message, button) {
    document.querySelectorAll('[popovertarget=message-menu][data-opener]').forEach(each => each.removeAttribute('data-opener'));
    button.dataset.opener = '';
    this.message = message;
  }

  render() {
    const { message } = this;
    const conversation = this.state.route.id;
    return menu('message-menu', this.t('chat.moreOfMessage'), message && conversation !== null ? messageMenu(this.app, conversation, message) : []);
  }
}

customElements.define('ow-message-menu', OwMessageMenu);
