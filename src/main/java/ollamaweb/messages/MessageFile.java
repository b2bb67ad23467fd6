package ollamaweb.messages;

import ollamaweb.files.StoredFile;

/** A file as the message shows it that it came with. */
record MessageFile(long id, String name, String mediaType, long size) {

    static MessageFile of(StoredFile file) {
        return new MessageFile(file.id(), file.name(), file.mediaType(), file.size());
    }
}
