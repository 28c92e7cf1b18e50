package coop.vigie.group;

import coop.vigie.notice.EmailAddress;

/** One thing that an import changes, or refuses to. The text is English; other languages are made from the fields. */
public sealed interface Change {

    GroupId group();

    record GroupAdded(GroupId group) implements Change {
        @Override
        public String toString() {
            return "group " + group + ": added";
        }
    }

    /** @param field the key in the file, such as {@code cadence} */
    record GroupChanged(GroupId group, String field) implements Change {
        @Override
        public String toString() {
            return "group " + group + ": " + field + " changed";
        }
    }

    record ProfileAdded(GroupId group, String profile) implements Change {
        @Override
        public String toString() {
            return "group " + group + ": profile " + profile + " added";
        }
    }

    record ProfileChanged(GroupId group, String profile) implements Change {
        @Override
        public String toString() {
            return "group " + group + ": profile " + profile + " changed";
        }
    }

    record ProfileRemoved(GroupId group, String profile) implements Change {
        @Override
        public String toString() {
            return "group " + group + ": profile " + profile + " removed";
        }
    }

    /** @param status pending: the member will get the opt-in mail first */
    record MemberAdded(GroupId group, EmailAddress mail, Status status) implements Change {
        @Override
        public String toString() {
            return "group " + group + ": member " + mail + " added, " + status.code();
        }
    }

    record MemberChanged(GroupId group, EmailAddress mail, Status before, Status after) implements Change {
        @Override
        public String toString() {
            String what = before == after ? "changed" : "changed from " + before.code() + " to " + after.code();
            return "group " + group + ": member " + mail + " " + what;
        }
    }

    /** The file wants mails for somebody who left or whose address is suppressed. */
    record NotReactivated(GroupId group, EmailAddress mail, Status status) implements Change {
        @Override
        public String toString() {
            return "group " + group + ": member " + mail + " stays " + status.code()
                    + "; only they themselves can change that";
        }
    }
}
