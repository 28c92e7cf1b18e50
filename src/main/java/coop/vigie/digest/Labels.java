package coop.vigie.digest;

import org.jspecify.annotations.Nullable;

/** Names of codes in the language of the reader; null for a code without a name. */
public interface Labels {

    /** Shows every code as it is. */
    Labels NONE = new Labels() {
        @Override
        public @Nullable String place(String code, String language) {
            return null;
        }

        @Override
        public @Nullable String cpv(String code, String language) {
            return null;
        }

        @Override
        public @Nullable String language(String code, String language) {
            return null;
        }
    };

    /** A NUTS code such as {@code BE10}. */
    @Nullable
    String place(String code, String language);

    /** A CPV code of eight digits. */
    @Nullable
    String cpv(String code, String language);

    /** An ISO 639-1 code. */
    @Nullable
    String language(String code, String language);
}
