package coop.vigie.inbox;

import java.util.Comparator;
import java.util.List;

/** What one mail says. */
public sealed interface Reading {

    Kind kind();

    /** Whom it is about; empty if it is no report. */
    default List<FailedRecipient> recipients() {
        return List.of();
    }

    /** A mail server's report on a mail of ours. */
    record Report(List<FailedRecipient> recipients) implements Reading {
        public Report {
            recipients = List.copyOf(recipients);
        }

        /** That of the worst recipient; a report of success alone is nothing to act on. */
        @Override
        public Kind kind() {
            return recipients.stream()
                    .map(recipient -> recipient.verdict().kind())
                    .min(Comparator.naturalOrder())
                    .orElse(Kind.OTHER);
        }
    }

    /** A complaint that a reader made at their provider (RFC 5965). */
    record Complaint(List<FailedRecipient> recipients) implements Reading {
        public Complaint {
            recipients = List.copyOf(recipients);
        }

        @Override
        public Kind kind() {
            return Kind.COMPLAINT;
        }
    }

    /** Written by a program: nobody has read our mail. */
    record AutoReply() implements Reading {
        @Override
        public Kind kind() {
            return Kind.AUTO_REPLY;
        }
    }

    /** Says in its subject or first line that its sender wants no more mails. */
    record Unsubscribe() implements Reading {
        @Override
        public Kind kind() {
            return Kind.UNSUBSCRIBE;
        }
    }

    /** For a person to read, unless it holds a token or a suggestion. */
    record Other() implements Reading {
        @Override
        public Kind kind() {
            return Kind.OTHER;
        }
    }
}
