/**
 * What the server answers, as far as the page reads it. Fields that not every server sends are optional.
 *
 * @typedef {object} User
 * @property {number} id
 * @property {string|null} email
 * @property {string|null} display_name
 * @property {string} timezone
 * @property {boolean} is_admin
 * @property {boolean} [disabled]
 * @property {string} created_at
 *
 * @typedef {object} AuditEntry
 * @property {number} id
 * @property {string} action
 * @property {number|null} user_id
 * @property {string|null} user_email
 * @property {number|null} target_id
 * @property {string|null} target_email
 * @property {string|null} detail
 * @property {string} address
 * @property {number} times
 * @property {string} created_at
 *
 * @typedef {object} Conversation
 * @property {number} id
 * @property {string} title
 * @property {string} model_name
 * @property {string|null} system_prompt
 * @property {string} created_at
 * @property {string} updated_at
 * @property {number} message_count
 * @property {boolean} [pinned]
 * @property {boolean} [archived]
 * @property {string[]} [tags]
 * @property {string} [trashed_at]       when it was thrown away, if it was
 * @property {'owner'|'writer'|'reader'} [role]  what one may do with it
 * @property {number|null} [current_message_id]
 *
 * @typedef {'complete'|'streaming'|'interrupted'|'error'} MessageStatus
 *
 * @typedef {object} FileInfo
 * @property {number} id
 * @property {string} name
 * @property {string} media_type
 * @property {number} size
 *
 * @typedef {object} Message
 * @property {number} id                 negative while the server has not named it
 * @property {number} [conversation_id]
 * @property {number} [author_id]        whose question it is
 * @property {'user'|'assistant'|'system'|'tool'} role
 * @property {string} content
 * @property {number|null} [tokens_used]
 * @property {string} created_at
 * @property {MessageStatus} status
 * @property {string|null} [error]       why it ended early, where that is known
 * @property {boolean} [stopped]         its reader stopped it
 * @property {number|null} [parent_id]
 * @property {string|null} [model_name]
 * @property {string|null} [thinking]
 * @property {FileInfo[]} [files]
 * @property {number|null} [prompt_tokens]
 * @property {number|null} [duration_ms]
 * @property {boolean} [favorite]
 * @property {string|null} [reaction]
 * @property {number[]} [versions]
 * @property {number|null} [context_length]   how many tokens the model could read
 * @property {number} [messages_left_out]     how many messages it was not given
 * @property {number} [rate]              tokens a second, where it was measured here
 *
 * @typedef {object} AnswerContext  what a model was given for an answer
 * @property {string} model_name
 * @property {string|null} digest
 * @property {string|null} system_prompt
 * @property {Record<string, any>} options    Ollama's in {@code options}, beside them how it was asked
 * @property {number} messages_sent
 * @property {number} messages_left_out
 * @property {{ reason: 'empty'|'messages'|'context'|'size', messages: number }[]} left_out
 * @property {number|null} prompt_tokens
 * @property {number|null} context_length
 * @property {boolean} prompt_cut
 *
 * @typedef {object} ModelDetails
 * @property {string} [family]
 * @property {string} [parameter_size]
 * @property {string} [quantization_level]
 *
 * @typedef {object} Model
 * @property {string} name
 * @property {number} [size]
 * @property {string} [modified_at]
 * @property {string} [digest]
 * @property {ModelDetails} [details]
 * @property {string} [upstream]   the server that has it, where there are several
 *
 * @typedef {object} Pull  a model that is being fetched, or was
 * @property {number} id
 * @property {string} name
 * @property {'running'|'done'|'failed'|'cancelled'|'interrupted'} status
 * @property {string} step          what is being done, in Ollama's words
 * @property {number} completed
 * @property {number} total
 * @property {string|null} error
 *
 * @typedef {object} ModelInfo
 * @property {ModelDetails} [details]
 * @property {string[]} [capabilities]
 * @property {Record<string, unknown>} [model_info]
 *
 * @typedef {object} PromptTemplate
 * @property {string} id
 * @property {string} name
 * @property {string} description
 * @property {string} prompt
 * @property {string} category
 *
 * @typedef {object} Prompt  that an account keeps
 * @property {number} id
 * @property {string} name
 * @property {string} content            with {{variables}}, if it has some
 * @property {string|null} category
 *
 * @typedef {object} Member  who sees a conversation
 * @property {number} user_id
 * @property {string|null} display_name
 * @property {'owner'|'writer'|'reader'} role
 * @property {string} joined_at
 *
 * @typedef {object} Import  a file that is brought in
 * @property {number} id
 * @property {'queued'|'running'|'done'|'failed'|'cancelled'} status
 * @property {string|null} source
 * @property {boolean} dry_run
 * @property {string} file_name
 * @property {number} done
 * @property {number|null} total
 * @property {number} imported
 * @property {number} updated
 * @property {number} unchanged
 * @property {number} failed
 * @property {string|null} error
 * @property {string|null} finished_at
 *
 * @typedef {object} ImportItem  what became of one conversation of it
 * @property {string} title
 * @property {'imported'|'updated'|'unchanged'|'failed'} result
 * @property {number} messages
 * @property {string|null} detail
 * @property {number|null} conversation_id
 *
 * @typedef {object} SearchHit
 * @property {number} conversation_id
 * @property {number} message_id
 * @property {string} role
 * @property {string} created_at
 * @property {string} snippet
 *
 * @typedef {object} ApiKey
 * @property {number} id
 * @property {string} name
 * @property {string} [hint]
 * @property {string} created_at
 * @property {string|null} [expires_at]
 * @property {string|null} [last_used_at]
 * @property {boolean} [store]           whether what programs ask with it is kept
 * @property {string[]} [scopes]         what it may be used for
 * @property {number|null} [requests_per_minute]
 * @property {number|null} [tokens_per_day]
 * @property {string|null} [last_used_ip]
 *
 * @typedef {object} Task
 * @property {number} id
 * @property {string} title
 * @property {string|null} description
 * @property {'low'|'medium'|'high'|'urgent'} priority
 * @property {'open'|'in_progress'|'done'|'cancelled'} status
 * @property {string|null} due_date
 * @property {number|null} goal_id
 * @property {number|null} parent_id
 * @property {string[]} tags
 * @property {number|null} estimated_minutes
 * @property {string|null} recurrence a rule of RFC 5545
 *
 * @typedef {object} Reminder
 * @property {number} id
 * @property {string|null} remind_at
 * @property {number|null} minutes_before   it is due; null where it has a time of its own
 *
 * @typedef {object} Upstream
 * @property {number|null} id   null for one that the server's settings name
 * @property {string} name
 * @property {'ollama'|'openai'|'anthropic'} kind
 * @property {string} url
 * @property {boolean} has_api_key
 * @property {boolean} enabled
 * @property {boolean} shared
 * @property {boolean} editable
 *
 * @typedef {object} Goal
 * @property {number} id
 * @property {string} title
 * @property {string|null} description
 * @property {string|null} target_date
 * @property {'active'|'achieved'|'abandoned'} status
 * @property {number} progress   0 to 1
 *
 * @typedef {object} Insight
 * @property {number} id
 * @property {'daily_summary'|'goal_review'|'conversation_digest'} kind
 * @property {'pending'|'ready'|'failed'} status
 * @property {string} model_name
 * @property {number|null} goal_id
 * @property {number|null} conversation_id
 * @property {string|null} content
 * @property {string|null} error
 * @property {{ type: string, id: number }[]|null} sources
 * @property {string} created_at
 *
 * @typedef {object} Share  a link to a conversation, as its owner sees it
 * @property {number} id
 * @property {boolean} live           whether it shows the conversation as it is, or else as it was
 * @property {string} created_at
 * @property {string|null} expires_at
 *
 * @typedef {object} SharedConversation  what a link leads to
 * @property {string} title
 * @property {string} model_name
 * @property {boolean} live
 * @property {string} shared_at
 * @property {SharedMessage[]} messages
 *
 * @typedef {object} SharedMessage
 * @property {string} role
 * @property {string|null} model_name
 * @property {string} status
 * @property {string} created_at
 * @property {string|null} thinking
 * @property {string} content
 */

/**
 * @template T
 * @typedef {{ items: T[], total: number, page: number, page_size: number, total_pages: number }} Page
 */

export {};
