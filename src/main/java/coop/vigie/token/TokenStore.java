package coop.vigie.token;

import coop.vigie.notice.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tokens, in {@code members.db}, as hashes. */
public final class TokenStore {

    /** {@code vg-} and 26 characters of base 32 (RFC 4648, section 6, in lower case): 130 bits of chance. */
    private static final Pattern TOKEN = Pattern.compile("(?i)\\bvg-([a-z2-7]{26})(?![a-z0-9])");

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first token that stands in a text, such as a subject or the part after the plus of an address. */
    public static Optional<String> find(String text) {
        Matcher matcher = TOKEN.matcher(text);
        return matcher.find() ? Optional.of(matcher.group().toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /**
     * A new token. It exists nowhere but in what is returned.
     *
     * @param expires null for never
     */
    public String issue(Handle handle, Purpose purpose, EmailAddress mail, String about, @Nullable Instant expires) {
        String token = draw();
        keep(handle, List.of(new Drawn(token, purpose, mail, about, expires)));
        return token;
    }

    /** A new token that nobody keeps yet: it works from when it is {@linkplain #keep kept}. */
    public static String draw() {
        var token = new StringBuilder("vg-");
        for (int i = 0; i < LENGTH; i++) {
            token.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }

    /**
     * A token that was {@linkplain #draw drawn}, and what it is to allow.
     *
     * @param expires null for never
     */
    public record Drawn(
            String token,
            Purpose purpose,
            EmailAddress mail,
            String about,
            @Nullable Instant expires) {}

    /** Keeps the hashes of tokens that were drawn; see {@link #issue}. */
    public void keep(Handle handle, Collection<Drawn> all) {
        var batch = handle.prepareBatch("""
                INSERT INTO token (hash, purpose, mail, about, expires)
                VALUES (:hash, :purpose, :mail, :about, :expires)
                """);
        for (Drawn each : all) {
            Instant expires = each.expires();
            batch.bind("hash", hash(each.token()))
                    .bind("purpose", each.purpose().code())
                    .bind("mail", each.mail().value())
                    .bind("about", each.about())
                    .bind("expires", expires == null ? null : expires.toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    /** What this token allows; empty if nobody made it. */
    public Optional<Grant> grant(Handle handle, String token, Instant now) {
        return handle.createQuery("SELECT purpose, mail, about, expires, used FROM token WHERE hash = :hash")
                .bind("hash", hash(token.toLowerCase(Locale.ROOT)))
                .map((row, context) -> {
                    long expires = row.getLong("expires");
                    boolean over = !row.wasNull() && expires <= now.toEpochMilli();
                    boolean used = row.getObject("used") != null;
                    return new Grant(
                            Purpose.ofCode(row.getString("purpose")),
                            new EmailAddress(row.getString("mail")),
                            row.getString("about"),
                            used ? Grant.State.USED : over ? Grant.State.EXPIRED : Grant.State.VALID);
                })
                .findOne();
    }

    /** It has done its work, and does nothing more. */
    public void use(Handle handle, String token, Instant now) {
        handle.createUpdate("UPDATE token SET used = :now WHERE hash = :hash AND used IS NULL")
                .bind("now", now.toEpochMilli())
                .bind("hash", hash(token.toLowerCase(Locale.ROOT)))
                .execute();
    }

    /** Nothing that this person was ever given works any more. */
    public int erase(Handle handle, EmailAddress mail) {
        return handle.createUpdate("DELETE FROM token WHERE mail = :mail")
                .bind("mail", mail.value())
                .execute();
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
