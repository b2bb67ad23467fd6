import { html, nothing } from 'lit';
import { icon } from '../app/icons.js';

/** What the server shows in place; all else it gives as a download. */
const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

/**
 * The files of a message, of a size that is known before they come.
 *
 * @param {import('../app/services.js').Services} app
 * @param {import('../api/types.js').FileInfo[]|undefined} files
 */
export function messageFiles(app, files) {
  return files === undefined || files.length === 0 ? nothing : html`<ul role="list" class="files" aria-label=${app.words.say('files.label')}>${files.map(file => SHOWN.test(file.media_type)
    ? html`<li><a class="file-image" href="/api/files/${file.id}" target="_blank" rel="noopener noreferrer" title=${file.name}><img src="/api/files/${file.id}" alt=${file.name} loading="lazy" decoding="async"></a></li>`
    : html`<li><a class="file" href="/api/files/${file.id}" download=${file.name}>${icon('file', 16)}<span class="cut">${file.name}</span><span class="figures">${app.words.size(file.size)}</span></a></li>`)}</ul>`;
}
