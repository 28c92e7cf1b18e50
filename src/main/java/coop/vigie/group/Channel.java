package coop.vigie.group;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import coop.vigie.config.HomePath;

/** A way by which a group's editions leave. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Channel.Mail.class, name = "mail"),
    @JsonSubTypes.Type(value = Channel.Folder.class, name = "folder")
})
public sealed interface Channel {

    /** The name in files. */
    String code();

    /** One mail to each active member, in their language. */
    record Mail() implements Channel {
        @Override
        public String code() {
            return "mail";
        }
    }

    /**
     * Files in a folder that some other program synchronises.
     *
     * @param path relative to the home, inside it
     */
    record Folder(String path) implements Channel {

        public Folder {
            if (!HomePath.isInside(path)) {
                throw new IllegalArgumentException("not a path inside the home: '" + path + "'");
            }
        }

        @Override
        public String code() {
            return "folder";
        }
    }
}
