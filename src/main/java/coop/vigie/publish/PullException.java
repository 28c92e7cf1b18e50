package coop.vigie.publish;

import coop.vigie.notice.VigieException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Publishing or pulling did not work. What was there before is as it was. */
public final class PullException extends VigieException {

    /** Why; each is answered by doing something else. */
    public enum Reason {
        /** Nobody there: 404, 410. */
        NOT_FOUND("there is nothing at %s: check the address with whoever publishes the index"),
        /** Something, but not what {@code export index} writes. */
        NO_EXPORT("%s is not what vigie export index writes: check the address"),
        NEWER_FORMAT("%s is of format %s, which is newer than this program: bring Vigie up to date"),
        /** The address leads into a private network. */
        PRIVATE_ADDRESS("%s lies in a private network: say --allow-private-network if you mean that"),
        /** The server could not be reached, refused, or broke off: as the message says. */
        NETWORK("%2$s What has arrived is kept: try again later with vigie pull"),
        /** What came is not what the manifest promises. */
        CHECKSUM("%s is damaged or was changed on the way (%s): try again, and tell whoever publishes the index"),
        /** The index changes faster than it can be read. */
        CHANGING("the index at %s was published anew while it was read: try again in a minute"),
        DISK("%s could not be written (%s): check the free space and the permissions; the index is as it was"),
        /** Another pull works in this home. */
        BUSY("another vigie pull is working in %s: let it end, then try again"),
        /** A home with sources or a store of its own. */
        OWN_HOME("%s has sources or calls of its own: pull into another home, with vigie --home DIR pull URL"),
        /** A home that was pulled, and something that needs a store. */
        PULLED_HOME("%s was brought over by vigie pull and can only be searched: make another home with vigie init"),
        /** No address, now or earlier. */
        NO_ADDRESS("nothing has been pulled into %s yet: say from where, with vigie pull URL"),
        /** A folder to publish into holds a manifest that is none of ours. */
        NOT_OURS("%s is there and is not ours: choose another folder with --out, or move it away");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** Its name in message keys. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** True where nothing was tried: a wrong call, not a failure. */
        public boolean isUsage() {
            return this == OWN_HOME || this == PULLED_HOME || this == NO_ADDRESS;
        }
    }

    private final Reason reason;
    private final String where;
    private final String detail;
    private final Pull.@Nullable Brought brought;

    public PullException(Reason reason, String where, String detail) {
        this(reason, where, detail, null);
    }

    /**
     * @param where an address, a file or a folder
     * @param detail what else is known; "" if nothing is
     */
    public PullException(Reason reason, String where, String detail, @Nullable Throwable cause) {
        this(reason, where, detail, null, cause);
    }

    private PullException(
            Reason reason, String where, String detail, Pull.@Nullable Brought brought, @Nullable Throwable cause) {
        super(reason.sentence.formatted(where, detail), cause);
        this.reason = reason;
        this.where = where;
        this.detail = detail;
        this.brought = brought;
    }

    /** The same, with how far it had come. */
    PullException after(Pull.Brought soFar) {
        return new PullException(reason, where, detail, soFar, this);
    }

    /** How much had been brought over when it broke off; empty where no file of calls was asked for. */
    public Optional<Pull.Brought> brought() {
        return Optional.ofNullable(brought);
    }

    public Reason reason() {
        return reason;
    }

    public String where() {
        return where;
    }

    public String detail() {
        return detail;
    }
}
