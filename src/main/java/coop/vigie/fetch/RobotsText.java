package coop.vigie.fetch;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRule;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a robots.txt says (RFC 9309), without asking any server for it. */
public final class RobotsText {

    /** Our product token. */
    public static final String AGENT = "Vigie";

    /** RFC 9309, section 2.2.1: a version behind the product token is no part of it. */
    private static final Pattern BEHIND_TOKEN = Pattern.compile("[/\\s].*", Pattern.DOTALL);

    private RobotsText() {}

    /**
     * What one agent may do with one address.
     *
     * @param rule the line that decides, such as {@code Disallow: /private}; null if none speaks of the address
     * @param delay seconds between two requests, by {@code Crawl-delay}; null if none is set
     */
    public record Answer(
            boolean allowed,
            @Nullable String rule,
            @Nullable Double delay) {}

    /**
     * @param agent a product token, with or without a version; others than ours, to try files out
     * @param url absolute, or a path
     */
    public static Answer about(String robots, String agent, String url) {
        SimpleRobotRules rules = parse(
                "", robots.getBytes(StandardCharsets.UTF_8), Set.of(token(agent).toLowerCase(Locale.ROOT)));
        long delay = rules.getCrawlDelay();
        return new Answer(
                rules.isAllowed(url),
                rules.getRobotRules().stream()
                        .filter(rule -> speaksOf(rule, url))
                        .map(rule -> (rule.isAllow() ? "Allow: " : "Disallow: ") + rule.getPrefix())
                        .findFirst()
                        .orElse(null),
                delay == BaseRobotRules.UNSET_CRAWL_DELAY ? null : delay / 1000.0);
    }

    private static String token(String agent) {
        return BEHIND_TOKEN.matcher(agent.strip()).replaceFirst("");
    }

    /** The rules come with the most specific first, but do not tell which one decided. */
    private static boolean speaksOf(RobotRule rule, String url) {
        var alone = new SimpleRobotRules(RobotRulesMode.ALLOW_SOME);
        alone.addRule(rule.getPrefix(), false);
        return !alone.isAllowed(url);
    }

    /** @param agents product tokens in lower case */
    static SimpleRobotRules parse(String address, byte[] robots, Collection<String> agents) {
        var parser = new SimpleRobotRulesParser(Long.MAX_VALUE, Integer.MAX_VALUE);
        parser.setExactUserAgentMatching(true);
        return parser.parseContent(address, robots, "text/plain", agents);
    }
}
