package coop.vigie.group;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group's channel as a recipient of editions: {@code webhook:arts-bxl}, its second one {@code webhook:arts-bxl:2}. What
 * it was told hangs on this name, so it holds no more than the kind, the group and the place among its kind.
 *
 * @param kind the channel's {@link Channel#code()}
 * @param number from 1
 */
public record ChannelAddress(String kind, GroupId group, int number) {

    private static final Pattern WRITTEN = Pattern.compile("([a-z]+):([a-z0-9-]+)(?::([1-9]\\d{0,3}))?");

    /** Empty for the address of a person. */
    public static Optional<ChannelAddress> parse(String recipient) {
        Matcher matcher = WRITTEN.matcher(recipient);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        return Optional.of(new ChannelAddress(matcher.group(1), new GroupId(matcher.group(2)), number));
    }

    /** True if what is for this recipient needs the mail server: a person, or a mailing list. */
    public static boolean isMail(String recipient) {
        return parse(recipient).map(ChannelAddress::kind).orElse("list").equals("list");
    }

    /** The channel that it names, if the group still has it. */
    public Optional<Channel> among(List<Channel> channels) {
        return channels.stream()
                .filter(channel -> channel.code().equals(kind))
                .skip(number - 1L)
                .findFirst();
    }

    @Override
    public String toString() {
        return kind + ":" + group + (number == 1 ? "" : ":" + number);
    }
}
