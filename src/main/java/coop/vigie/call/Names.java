package coop.vigie.call;

import coop.vigie.notice.Notice;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a notice is called and what it refers to. Both count alike, so that notices which refer to a third one are of one call
 * with it also while nobody has it, and whichever comes first.
 */
final class Names {

    /** Numbers of the Official Journal, with or without leading zeros; "2020/S 159-389007" is their form before 2024. */
    private static final Pattern NUMBER = Pattern.compile("0*([1-9]\\d{0,7})-([12]\\d{3})");

    private static final Pattern JOURNAL = Pattern.compile("([12]\\d{3})/S\\s*\\d{1,3}-0*([1-9]\\d{0,7})");
    /** eForms BT-701 with or without a version: all versions of a notice are one. */
    private static final Pattern UUID =
            Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?:-\\d{1,3})?");

    private static final Pattern ON_TED =
            Pattern.compile("ted\\.europa\\.eu/.*?(?:NOTICE:|notice/|detail/)(\\d{1,8}-20\\d{2})(?!\\d).*");
    private static final Pattern START_PAGE = Pattern.compile("/*(?:(?:fr|nl|en|de)/*)?(?:index\\.\\w+)?");
    private static final Pattern TRACKING = Pattern.compile("(?i)(?:utm_\\w+|fbclid|gclid|mc_[ce]id)(?:=.*)?");

    /** No notice is about more others; a query takes so many at once. */
    private static final int AT_MOST = 200;

    private Names() {}

    /** Names shared by all who mean the same notice; those that mean something in one source only begin with it. */
    static Set<String> of(Notice notice) {
        Set<String> names = Stream.concat(notice.identifiers().stream(), notice.references().stream())
                .filter(name -> !name.isBlank())
                .limit(AT_MOST)
                .map(name -> name(name.strip(), notice))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        onTed(notice).ifPresent(names::add);
        return names;
    }

    /** The number of the Official Journal at whose page its address points. */
    static Optional<String> onTed(Notice notice) {
        String address = address(notice.url());
        Matcher onTed = ON_TED.matcher(address == null ? "" : address);
        return onTed.matches() ? Optional.of(name(onTed.group(1), notice)) : Optional.empty();
    }

    private static String name(String written, Notice notice) {
        Matcher number = NUMBER.matcher(written);
        if (number.matches()) {
            return number.group(1) + "-" + number.group(2);
        }
        Matcher journal = JOURNAL.matcher(written);
        if (journal.matches()) {
            return journal.group(2) + "-" + journal.group(1);
        }
        Matcher uuid = UUID.matcher(written);
        return uuid.matches()
                ? uuid.group(1).toLowerCase(Locale.ROOT)
                : notice.id().source() + ":" + written;
    }

    /**
     * The name of the notice's own page; null if it has none, or if it has better names: the page of a tender is often its
     * buyer's, where all its tenders stand.
     */
    static @Nullable String page(Notice notice) {
        if (notice.procedure() != null || !notice.identifiers().isEmpty()) {
            return null;
        }
        String address = address(notice.url());
        return address == null ? null : "page " + address;
    }

    /** An address as one would compare it; null if it cannot be an item's own. */
    private static @Nullable String address(@Nullable String url) {
        try {
            URI uri = new URI(url == null ? "" : url.strip());
            String host = uri.getHost();
            if (host == null) {
                return null;
            }
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            String query = uri.getRawQuery() == null
                    ? ""
                    : Arrays.stream(uri.getRawQuery().split("&"))
                            .filter(parameter -> !TRACKING.matcher(parameter).matches())
                            .sorted()
                            .collect(Collectors.joining("&"));
            String fragment = uri.getRawFragment() == null ? "" : uri.getRawFragment();
            // "#/calls/12" and "#!calls/12" name pages that a browser builds; other fragments are places on a page.
            boolean page = fragment.startsWith("/") || fragment.startsWith("!");
            if (START_PAGE.matcher(path).matches() && query.isEmpty() && !page) {
                return null;
            }
            return host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "")
                    + path.replaceFirst("/+$", "")
                    + (query.isEmpty() ? "" : "?" + query)
                    + (page ? "#" + fragment : "");
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }
}
