package coop.vigie.inbox;

import java.nio.charset.StandardCharsets;

/** Mails as servers and people write them, made for the tests. */
final class Mails {

    private Mails() {}

    static InboundMail read(String mail) {
        return MailReader.read(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static String from(String sender, String headers, String body) {
        return """
                From: %s
                To: vigie@example.org
                Date: Tue, 24 Nov 2026 09:00:00 +0100
                Message-ID: <1@example.net>
                %sContent-Type: text/plain; charset=utf-8

                %s
                """.formatted(sender, headers.isEmpty() ? "" : headers + "\n", body);
    }

    /** A report by fields (RFC 3464), with the headers of a mail of ours. */
    static String report(String words, String fields) {
        return """
                Return-Path: <>
                From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
                To: vigie@example.org
                Subject: Undelivered Mail Returned to Sender
                Message-ID: <2@mx.example.net>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain; charset=us-ascii

                %s

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.net

                %s

                --b
                Content-Type: text/rfc822-headers

                From: Vigie <vigie@example.org>
                To: anne@example.com
                Message-ID: <d-2026-11-24-7.0123456789ab@example.org>
                Subject: 7 nouveaux appels

                --b--
                """.formatted(words, fields);
    }
}
