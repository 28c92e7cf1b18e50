package coop.vigie.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/** How long an answer stays as it is, by what its server says (RFC 9111, sections 4.2 and 5.2.2). */
final class Freshness {

    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age\\s*=\\s*\"?([0-9]{1,18})");
    private static final Pattern NEVER = Pattern.compile("(?:^|[,\\s])no-(?:cache|store)(?:$|[,\\s])");

    private Freshness() {}

    /** Null if the server does not say, or says something that cannot be understood. */
    static @Nullable Duration of(Exchange.Answer answer) {
        String control = answer.header("Cache-Control");
        String directives = control == null ? "" : control.toLowerCase(Locale.ROOT);
        if (NEVER.matcher(directives).find()) {
            return Duration.ZERO;
        }
        Matcher age = MAX_AGE.matcher(directives);
        if (age.find()) {
            return notNegative(seconds(age.group(1)).minus(since(answer.header("Age"))));
        }
        Instant expires = date(answer.header("Expires"));
        Instant date = date(answer.header("Date"));
        return expires == null || date == null ? null : notNegative(Duration.between(date, expires));
    }

    private static Duration since(@Nullable String age) {
        return age != null && age.strip().matches("[0-9]{1,18}") ? seconds(age.strip()) : Duration.ZERO;
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(Math.min(Long.parseLong(digits), Integer.MAX_VALUE));
    }

    private static @Nullable Instant date(@Nullable String value) {
        return value == null ? null : DateUtils.parseStandardDate(value);
    }

    private static Duration notNegative(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
