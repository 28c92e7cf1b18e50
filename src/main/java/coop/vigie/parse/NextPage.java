package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Warning;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/** The further page that a document names. A list that is not followed to its end says so: its calls would be missed in silence. */
final class NextPage {

    private NextPage() {}

    /**
     * @param written as the document has it; "" if it names none
     * @param warnings for one that is no web address, or leads to another host
     * @return at most one question, never that of the document itself
     */
    static List<Query> of(String written, Payload payload, ParseContext context, List<Warning> warnings) {
        if (written.isBlank()) {
            return List.of();
        }
        String address = Links.absolute(written, payload.uri());
        URI page = address == null ? null : Links.resolve(address, null);
        boolean sameHost =
                page != null && Objects.equals(page.getHost(), payload.uri().getHost());
        if (!sameHost) {
            String shown = written.length() <= 200 ? written : written.substring(0, 200) + "…";
            String done = page == null ? "not followed, as it is no web address" : "not followed to another host";
            warnings.add(new Warning(context.source(), payload.position(), "next", shown, done));
        }
        return page == null || !sameHost || page.equals(payload.uri()) ? List.of() : List.of(Query.get(page));
    }
}
