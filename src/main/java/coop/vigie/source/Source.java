package coop.vigie.source;

import coop.vigie.fetch.ClientCredentials;
import coop.vigie.fetch.MailLogin;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the catalogue, with all defaults in place.
 *
 * @param url http, https, imap(s) of a mailbox, or an absolute {@code file:} address of a file, folder or archive
 * @param name for people; the id when the file gives none
 * @param kind null when the parser decides per item ({@code any})
 * @param languages ISO 639-1, the main one first; may be empty
 * @param places NUTS codes of its notices when they name none
 * @param zone of its dates when they carry none
 * @param every how often it is read, unless {@code cron} says when
 * @param cron a Quartz expression, which then counts instead of {@code every}; null if there is none
 * @param delay between two requests to its host
 * @param timeout of one request
 * @param maxSize of one answer, in bytes
 * @param include regular expressions on URL or title: an item that matches none is left out; empty keeps all
 * @param exclude regular expressions on URL or title: an item that matches one is left out
 * @param query of query types; "" if none
 * @param params settings of the type, each with one value or several
 * @param select CSS selectors of a list page by field
 * @param detail CSS selectors of an item's own page by field
 * @param verified the day on which somebody saw it deliver; null for never
 * @param allowPrivateNetwork true if its host may lie inside a private network
 * @param login of a mailbox; null if there is none
 * @param oauth how to log in to an interface that wants a token; null if nobody asks for that
 */
public record Source(
        SourceId id,
        SourceType type,
        URI url,
        String name,
        Level level,
        @Nullable Kind kind,
        List<String> languages,
        List<String> places,
        ZoneId zone,
        Duration every,
        @Nullable String cron,
        Duration delay,
        Duration timeout,
        long maxSize,
        List<String> include,
        List<String> exclude,
        String query,
        Map<String, List<String>> params,
        Map<String, String> select,
        Map<String, String> detail,
        int maxPages,
        @Nullable LocalDate verified,
        Reuse reuse,
        boolean allowPrivateNetwork,
        @Nullable MailLogin login,
        @Nullable ClientCredentials oauth,
        boolean enabled) {

    public Source {
        languages = List.copyOf(languages);
        places = List.copyOf(places);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        // Map.copyOf forgets the order, and the order of selectors is how people wrote them.
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        select = Collections.unmodifiableMap(new LinkedHashMap<>(select));
        detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }

    /** True if it is read from the disk, without any request. */
    public boolean isLocal() {
        return "file".equals(url.getScheme());
    }
}
