package coop.vigie.group;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import coop.vigie.config.HomePath;
import coop.vigie.notice.EmailAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A way by which a group's editions leave. Addresses and secrets are kept as they are written, {@code ${ENV:NAME}}, and
 * looked up when they are used.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Channel.Mail.class, name = "mail"),
    @JsonSubTypes.Type(value = Channel.MailingList.class, name = "list"),
    @JsonSubTypes.Type(value = Channel.Folder.class, name = "folder"),
    @JsonSubTypes.Type(value = Channel.WebDav.class, name = "webdav"),
    @JsonSubTypes.Type(value = Channel.Feed.class, name = "feed"),
    @JsonSubTypes.Type(value = Channel.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Channel.Webhook.class, name = "webhook"),
    @JsonSubTypes.Type(value = Channel.Signal.class, name = "signal")
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
     * One mail to a mailing list, which passes it on to whomever it likes.
     *
     * @param language of the mail; null for the group's
     */
    record MailingList(EmailAddress address, @Nullable String language) implements Channel {
        @Override
        public String code() {
            return "list";
        }
    }

    /**
     * Files in a folder that some other program synchronises.
     *
     * @param path relative to the home, inside it
     */
    record Folder(String path) implements Channel {

        public Folder {
            checkInside(path);
        }

        @Override
        public String code() {
            return "folder";
        }
    }

    /**
     * The same files in a folder of a WebDAV server, such as Nextcloud.
     *
     * @param url of the folder
     * @param password {@code ${ENV:NAME}}
     */
    record WebDav(String url, String user, String password, boolean allowPrivateNetwork) implements Channel {
        @Override
        public String code() {
            return "webdav";
        }
    }

    /**
     * Feeds of what was told lately: Atom, JSON Feed and a calendar.
     *
     * @param path of their folder, relative to the home, inside it
     */
    record Feed(String path) implements Channel {

        public Feed {
            checkInside(path);
        }

        @Override
        public String code() {
            return "feed";
        }
    }

    /**
     * Plain blocks of text to paste elsewhere.
     *
     * @param path of their folder, relative to the home, inside it
     * @param length of a block at most, in UTF-16 units
     */
    record Text(String path, int length) implements Channel {

        public Text {
            checkInside(path);
        }

        @Override
        public String code() {
            return "text";
        }
    }

    /**
     * A POST of JSON.
     *
     * @param url may be {@code ${ENV:NAME}}
     * @param secret {@code ${ENV:NAME}}: what signs the body, or the key of the forum; null where the address is all
     * @param user in whose name a forum's post is made; null for other presets
     * @param category number of the forum's category; null for none
     */
    record Webhook(
            String url,
            @Nullable String secret,
            Preset preset,
            @Nullable String user,
            @Nullable Integer category,
            boolean allowPrivateNetwork)
            implements Channel {
        @Override
        public String code() {
            return "webhook";
        }
    }

    /** What a webhook's receiver understands. */
    enum Preset {
        /** The edition with all its fields. */
        JSON,
        /** A message of a chat: Mattermost, Slack, Rocket.Chat. */
        CHAT,
        /** A topic of a Discourse forum. */
        DISCOURSE;

        /** The name in files. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Blocks of text to a Signal group, through signal-cli's daemon.
     *
     * @param account telephone number with which the daemon is registered
     * @param group the group's id in base64
     * @param length of a block at most, in UTF-16 units
     */
    record Signal(String url, String account, String group, int length) implements Channel {
        @Override
        public String code() {
            return "signal";
        }
    }

    /** The public archive of a group that is public; it stands in no list of channels. */
    record Site() implements Channel {
        @Override
        public String code() {
            return "site";
        }
    }

    private static void checkInside(String path) {
        if (!HomePath.isInside(path)) {
            throw new IllegalArgumentException("not a path inside the home: '" + path + "'");
        }
    }
}
