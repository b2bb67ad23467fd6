// What the first screen goes without: the messages with all that draws Markdown, and dialogs.
import '../chat/ow-message-list.js';
import '../chat/ow-instructions.js';
import '../chat/ow-options.js';
import '../chat/ow-rename.js';
import '../chat/ow-tags.js';
import '../prompts/ow-prompt-chooser.js';
