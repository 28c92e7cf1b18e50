package coop.vigie.fetch;

/** Who we are at a server. Printing it does not show the password. */
public record MailLogin(String user, String password) {

    @Override
    public String toString() {
        return user + " (password not shown)";
    }
}
