import { requestFields } from './request-options.js';

/**
 * @typedef {import('../api/types.js').Message} Message
 * @typedef {{ model?: string, systemPrompt?: string|null, parentId?: number|null, files?: import('../api/types.js').FileInfo[] }} AskOptions
 *
 * @typedef {object} Run  a request for an answer, from its sending on
 * @property {number} chat           the conversation, or DRAFT
 * @property {string} question       empty where an earlier one is answered again
 * @property {string} model
 * @property {string} saidBefore     the text that the answer goes on from
 * @property {number|null} replaces  the answer that this one is another version of
 * @property {Message[]} before      what the conversation showed before
 * @property {boolean} branches      whether the path leads elsewhere afterwards
 * @property {string|null} systemPrompt
 * @property {import('./live-answer.js').LiveAnswer|null} live  once the server has named it
 */

/** @param {number} chat @param {Message[]} before @param {Partial<Run>} run @returns {Run} */
export function newRun(chat, before, run) {
  return { chat, before, question: '', model: '', saidBefore: '', replaces: null, branches: false, systemPrompt: null, live: null, ...run };
}

/** @param {number|null} conversationId @param {string} question @param {AskOptions} options @returns {object} what the server is asked with */
export function askBody(conversationId, question, { model, systemPrompt, parentId, files = [] }) {
  return {
    message: question,
    ...(conversationId === null ? {} : { conversation_id: conversationId }),
    ...(model ? { model_name: model } : {}),
    ...(systemPrompt ? { system_prompt: systemPrompt } : {}),
    ...(parentId === undefined ? {} : { parent_id: parentId }),
    ...(files.length === 0 ? {} : { files: files.map(file => file.id) }),
    ...requestFields(conversationId),
  };
}

/** @param {number} conversationId @param {number|null} answerId null: the last one @param {string} model @returns {object} what the server is asked with */
export function againBody(conversationId, answerId, model) {
  return {
    conversation_id: conversationId,
    regenerate: true,
    ...(answerId === null ? {} : { message_id: answerId }),
    ...(model === '' ? {} : { model_name: model }),
    ...requestFields(conversationId),
  };
}
