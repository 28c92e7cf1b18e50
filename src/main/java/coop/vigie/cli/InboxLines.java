package coop.vigie.cli;

import coop.vigie.inbox.Handled;
import java.time.Instant;

/** What was done about mails to us, in words. */
record InboxLines(Words words) {

    /** Date, sender, class, and what was done; never cut, since the reason stands at the end. */
    String line(Handled each) {
        Instant date = each.mail().date();
        String day = date == null ? "----------" : date.toString().substring(0, 10);
        return Listing.oneLine(
                String.join(" ", day, from(each), each.mail().reading().kind().code(), deed(each)));
    }

    static String from(Handled each) {
        return each.mail().from() == null ? "<>" : each.mail().from().value();
    }

    String deed(Handled each) {
        String address = each.deed().address() == null ? "" : each.deed().address();
        return words.text(
                "inbox.deed." + each.deed().act().code(), address, each.deed().detail());
    }
}
