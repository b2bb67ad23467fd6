package ollamaweb.files;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A file of an account, without its bytes.
 *
 * @param mediaType as its bytes tell: {@code image/png}, {@code image/jpeg}, {@code image/webp}, {@code image/gif} or
 *                  {@code text/plain}
 * @param size      in bytes
 * @param sha256    of the bytes, in hexadecimal
 */
public record StoredFile(long id, String name, String mediaType, long size, String sha256) {

    /** @return whether it is a picture; else it is text in UTF-8 */
    @JsonIgnore
    public boolean isImage() {
        return mediaType.startsWith("image/");
    }
}
