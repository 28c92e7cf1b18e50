package coop.vigie.pipeline;

import coop.vigie.config.Rate;
import coop.vigie.deliver.Outbox.Handover;
import coop.vigie.group.ChannelAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps to the rates of a mail server: in any span of a rate's length, at most its number of messages, over all and to each
 * recipient domain; other channels are none of its business. Counts by the real clock, from what the outbox knows was handed over before.
 */
final class Pace {

    private final @Nullable Rate overall;
    private final @Nullable Rate perDomain;
    private final Deque<Instant> all = new ArrayDeque<>();
    private final Map<String, Deque<Instant>> byDomain = new HashMap<>();

    /** Null for no limit. */
    Pace(@Nullable Rate overall, @Nullable Rate perDomain) {
        this.overall = overall;
        this.perDomain = perDomain;
    }

    /** How far back handovers count. */
    Duration memory() {
        Duration all = overall == null ? Duration.ZERO : overall.per();
        Duration one = perDomain == null ? Duration.ZERO : perDomain.per();
        return all.compareTo(one) > 0 ? all : one;
    }

    void count(List<Handover> handovers) {
        handovers.forEach(each -> count(each.recipient(), each.at()));
    }

    /** A message is handed over; called in the order of time. */
    void count(String recipient, Instant at) {
        if (!ChannelAddress.isMail(recipient)) {
            return;
        }
        if (overall != null) {
            all.addLast(at);
        }
        if (perDomain != null) {
            byDomain.computeIfAbsent(domain(recipient), any -> new ArrayDeque<>())
                    .addLast(at);
        }
    }

    /** How long this recipient's message must wait from now; zero if it need not. */
    Duration pause(String recipient, Instant now) {
        if (!ChannelAddress.isMail(recipient)) {
            return Duration.ZERO;
        }
        Duration whole = pause(overall, all, now);
        Duration one = pause(perDomain, byDomain.getOrDefault(domain(recipient), new ArrayDeque<>()), now);
        return whole.compareTo(one) > 0 ? whole : one;
    }

    private static Duration pause(@Nullable Rate rate, Deque<Instant> handovers, Instant now) {
        if (rate == null) {
            return Duration.ZERO;
        }
        // What lies ahead was written under another clock.
        handovers.removeIf(at -> !at.plus(rate.per()).isAfter(now) || at.isAfter(now));
        if (handovers.size() < rate.messages()) {
            return Duration.ZERO;
        }
        // The first of the last so many must leave the span before another may enter it.
        Instant leaves = handovers.stream()
                .skip(handovers.size() - rate.messages())
                .findFirst()
                .orElse(now)
                .plus(rate.per());
        return Duration.between(now, leaves);
    }

    private static String domain(String recipient) {
        return recipient.substring(recipient.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
