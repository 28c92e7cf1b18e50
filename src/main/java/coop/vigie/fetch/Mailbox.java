package coop.vigie.fetch;

import coop.vigie.fetch.AddressGuard.Names;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPSSLStore;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;

/**
 * The mails of one IMAP folder (RFC 9051) that have come since the last visit, by their UIDs, as they are on the server. Nothing is
 * deleted, and nothing marked as read unless the source wants that: the folder is opened for reading only, and bodies
 * are peeked at.
 *
 * <p>The validators are the folder's UIDVALIDITY and the last UID read. Where the former changes, the folder is read anew.
 */
final class Mailbox implements PayloadSource {

    /** The rest waits for the next visit. */
    private static final int MOST_MAILS = 500;

    private static final String VALIDATOR = "imap-1-";
    private static final String DEFAULT_FOLDER = "INBOX";

    private record Mail(Message message, long uid) {}

    private final URI uri;
    private final IMAPStore store;
    private final IMAPFolder folder;
    private final List<Mail> mails;
    private final int left;
    private final boolean marksRead;
    private final long maxBytes;
    private int next;

    private Mailbox(
            FetchRequest request, IMAPStore store, IMAPFolder folder, List<Mail> mails, int left, boolean marksRead) {
        this.uri = request.uri();
        this.store = store;
        this.folder = folder;
        this.mails = mails;
        this.left = left;
        this.marksRead = marksRead;
        this.maxBytes = request.limits().maxEntryBytes();
    }

    static boolean isMailbox(URI uri) {
        String scheme = Addresses.scheme(uri);
        return scheme.equals("imap") || scheme.equals("imaps");
    }

    static FetchOutcome read(FetchRequest request, Names names) {
        String attempt = "Reading the mailbox " + Words.address(request.uri());
        MailAccess access = request.mail();
        if (access == null) {
            return new Refused(Refused.Reason.LOGIN_REQUIRED, null, attempt + " was refused: no login is configured.");
        }
        Refused objection = objection(request, names, attempt);
        if (objection != null) {
            return objection;
        }
        IMAPStore store = store(request, access, names);
        try {
            return open(request, access, store);
        } catch (AuthenticationFailedException e) {
            close(store);
            return new Refused(
                    Refused.Reason.LOGIN_REQUIRED,
                    null,
                    attempt + " was refused: the server does not accept the login; check user and password.");
        } catch (FolderNotFoundException e) {
            close(store);
            return failed(
                    Failed.Reason.MISSING_FILE,
                    attempt,
                    "there is no such folder; the last part of the address names it");
        } catch (MessagingException e) {
            close(store);
            return isForbidden(e) ? Addresses.privateAddress(attempt) : failed(reason(e), attempt, words(reason(e)));
        }
    }

    private static @Nullable Refused objection(FetchRequest request, Names names, String attempt) {
        Refused objection = Addresses.objection(request.uri(), attempt, request.allowPrivateNetwork());
        if (objection != null || request.allowPrivateNetwork()) {
            return objection;
        }
        try {
            boolean inside = !Arrays.stream(names.of(request.uri().getHost())).allMatch(AddressGuard::isPublic);
            return inside ? Addresses.privateAddress(attempt) : null;
        } catch (UnknownHostException unknown) {
            // The connection will say so.
            return null;
        }
    }

    private static IMAPStore store(FetchRequest request, MailAccess access, Names names) {
        boolean encrypted = Addresses.scheme(request.uri()).equals("imaps");
        String prefix = encrypted ? "mail.imaps." : "mail.imap.";
        String millis = Long.toString(request.limits().timeout().toMillis());
        var properties = new Properties();
        properties.put(prefix + "connectiontimeout", millis);
        properties.put(prefix + "timeout", millis);
        properties.put(prefix + "writetimeout", millis);
        properties.put(prefix + "peek", "true");
        properties.put(prefix + "partialfetch", "false");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        if (!encrypted && !access.plain()) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
        }
        // A name may have led elsewhere when it was looked up before.
        properties.put(prefix + "socketFactory", new AddressGuard(names, request.allowPrivateNetwork()).sockets());
        properties.put(prefix + "socketFactory.fallback", "false");
        Session session = Session.getInstance(properties);
        return encrypted ? new IMAPSSLStore(session, null) : new IMAPStore(session, null);
    }

    private static FetchOutcome open(FetchRequest request, MailAccess access, IMAPStore store)
            throws MessagingException {
        URI uri = request.uri();
        MailLogin login = access.login();
        store.connect(
                uri.getHost(), uri.getPort(), login == null ? "" : login.user(), login == null ? "" : login.password());
        IMAPFolder folder = (IMAPFolder) store.getFolder(folder(uri));
        folder.open(access.marksRead() ? Folder.READ_WRITE : Folder.READ_ONLY);
        long validity = folder.getUIDValidity();
        long last = last(request.validators(), validity);
        List<Mail> mails = last < 0 ? since(folder, access) : after(folder, last);
        if (mails.isEmpty() && last >= 0) {
            close(store);
            return new Unchanged(0);
        }
        List<Mail> few = mails.subList(0, Math.min(MOST_MAILS, mails.size()));
        long read = few.isEmpty()
                ? Math.max(0, folder.getUIDNext() - 1)
                : few.getLast().uid();
        var mailbox = new Mailbox(request, store, folder, few, mails.size() - few.size(), access.marksRead());
        return new Fetched(uri, 0, new Payloads(mailbox), new Validators(VALIDATOR + validity + "-" + read, null));
    }

    private static String folder(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        return path.isEmpty() ? DEFAULT_FOLDER : path;
    }

    /** -1 if the folder has not been read yet, or is no longer the one that was. */
    private static long last(Validators validators, long validity) {
        String known = validators.etag();
        String start = VALIDATOR + validity + "-";
        return known != null && known.startsWith(start) ? Long.parseLong(known.substring(start.length())) : -1;
    }

    private static List<Mail> since(IMAPFolder folder, MailAccess access) throws MessagingException {
        // Servers compare days, each in its own zone: one more, to miss none.
        Date day = Date.from(
                access.since().minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        return mails(folder, folder.search(new ReceivedDateTerm(ComparisonTerm.GE, day)), 0);
    }

    private static List<Mail> after(IMAPFolder folder, long last) throws MessagingException {
        return mails(folder, folder.getMessagesByUID(last + 1, UIDFolder.LASTUID), last);
    }

    private static List<Mail> mails(IMAPFolder folder, Message[] found, long after) throws MessagingException {
        var profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.SIZE);
        folder.fetch(found, profile);
        // "From this UID to the last one" names the last one even if it lies before (RFC 9051, section 9).
        var mails = new ArrayList<Mail>();
        for (Message message : found) {
            long uid = folder.getUID(message);
            if (uid > after) {
                mails.add(new Mail(message, uid));
            }
        }
        mails.sort(Comparator.comparingLong(Mail::uid));
        return mails;
    }

    @Override
    public @Nullable Payload next(List<Skipped> skipped) throws IOException {
        try {
            while (next < mails.size()) {
                Mail mail = mails.get(next++);
                String position = folder.getFullName() + " mail " + mail.uid();
                try {
                    if (mail.message().getSize() > maxBytes) {
                        skipped.add(new Skipped(position, "larger than " + Words.size(maxBytes)));
                        continue;
                    }
                    var bytes = new ByteArrayOutputStream();
                    mail.message().writeTo(bytes);
                    if (marksRead) {
                        mail.message().setFlag(Flags.Flag.SEEN, true);
                    }
                    return new Payload(uri, position, bytes.toByteArray(), "message/rfc822");
                } catch (MessageRemovedException gone) {
                    // Somebody deleted it while we were reading: the next one.
                }
            }
            if (left > 0) {
                skipped.add(new Skipped(folder.getFullName(), left + " more mails, which the next visit will read"));
            }
            return null;
        } catch (MessagingException | IllegalStateException broken) {
            throw new IOException("the mail server broke off at mail " + next + " of " + mails.size(), broken);
        }
    }

    @Override
    public void close() {
        close(store);
    }

    private static void close(IMAPStore store) {
        try {
            store.close();
        } catch (MessagingException alreadyGone) {
            // Nothing was left to be written.
        }
    }

    private static boolean isForbidden(MessagingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddressException) {
                return true;
            }
        }
        return false;
    }

    private static Failed.Reason reason(MessagingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return Failed.Reason.DNS;
            }
            if (cause instanceof SocketTimeoutException) {
                return Failed.Reason.TIMEOUT;
            }
            if (cause instanceof SSLException) {
                return Failed.Reason.TLS;
            }
        }
        return String.valueOf(e.getMessage()).contains("STARTTLS") ? Failed.Reason.TLS : Failed.Reason.CONNECT;
    }

    private static String words(Failed.Reason reason) {
        return switch (reason) {
            case DNS -> "its host name is unknown";
            case TIMEOUT -> "the server did not answer in time";
            case TLS -> "there is no trustworthy encrypted connection";
            default -> "the server cannot be reached, or does not answer as a mailbox should";
        };
    }

    private static Failed failed(Failed.Reason reason, String attempt, String why) {
        return new Failed(reason, null, attempt + " failed: " + why + ".", null);
    }
}
