package coop.vigie.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Made-up months as TED packs them: a tar.gz of daily tar.gz of notices, every third of them in the older TED_EXPORT. */
final class TedPackage {

    private static final long SEED = 20261124;

    private TedPackage() {}

    /** @param notices of each day */
    static Path month(Path folder, int days, int notices) throws IOException {
        Path file = folder.resolve("ted-%d-days-of-%d.tar.gz".formatted(days, notices));
        if (Files.exists(file)) {
            return file;
        }
        Files.createDirectories(folder);
        Path half = folder.resolve(file.getFileName() + ".half");
        var calls = new Calls(SEED);
        try (var month = tar(Files.newOutputStream(half))) {
            for (int day = 1; day <= days; day++) {
                var bytes = new ByteArrayOutputStream();
                try (var tar = tar(bytes)) {
                    for (int i = 1; i <= notices; i++) {
                        int number = day * 10_000 + i;
                        String xml = i % 3 == 0 ? tedExport(number, calls) : EformsNotice.xml(number, calls);
                        put(tar, "%05d/%08d_2024.xml".formatted(day, number), xml.getBytes(StandardCharsets.UTF_8));
                    }
                }
                put(month, "202401%02d_2024%03d.tar.gz".formatted(day, day), bytes.toByteArray());
            }
        }
        return Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static TarArchiveOutputStream tar(java.io.OutputStream out) throws IOException {
        return new TarArchiveOutputStream(new GZIPOutputStream(new BufferedOutputStream(out)));
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static String tedExport(int number, Calls calls) {
        LocalDate deadline = LocalDate.parse("2026-12-01").plusDays(number % 40);
        var lots = new StringBuilder();
        for (int lot = 1; lot <= 4; lot++) {
            lots.append("""
                    <OBJECT_DESCR ITEM="%1$d">
                      <TITLE><P>%2$s</P></TITLE><LOT_NO>%1$d</LOT_NO>
                      <CPV_ADDITIONAL><CPV_CODE CODE="%3$s"/></CPV_ADDITIONAL><n2016:NUTS CODE="%4$s"/>
                      <SHORT_DESCR><P>%5$s</P></SHORT_DESCR>
                    </OBJECT_DESCR>
                    """.formatted(lot, calls.text(8), calls.cpv(), calls.place(), calls.text(120)));
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
                    xmlns:n2016="http://publications.europa.eu/resource/schema/ted/2016/nuts" DOC_ID="%1$06d-2024">
                  <CODED_DATA_SECTION>
                    <REF_OJS><DATE_PUB>20240115</DATE_PUB></REF_OJS>
                    <NOTICE_DATA><NO_DOC_OJS>2024/S 010-%1$06d</NO_DOC_OJS><LG_ORIG>FR</LG_ORIG><ISO_COUNTRY VALUE="BE"/></NOTICE_DATA>
                    <CODIF_DATA><TD_DOCUMENT_TYPE CODE="3">Contract notice</TD_DOCUMENT_TYPE></CODIF_DATA>
                  </CODED_DATA_SECTION>
                  <FORM_SECTION><F02_2014 CATEGORY="ORIGINAL" FORM="F02" LG="FR">
                    <CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>%2$s</OFFICIALNAME><COUNTRY VALUE="BE"/></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
                    <OBJECT_CONTRACT><TITLE><P>%3$s</P></TITLE><CPV_MAIN><CPV_CODE CODE="%4$s"/></CPV_MAIN>
                      <SHORT_DESCR><P>%5$s</P></SHORT_DESCR>%6$s</OBJECT_CONTRACT>
                    <PROCEDURE><DATE_RECEIPT_TENDERS>%7$s</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>11:00</TIME_RECEIPT_TENDERS></PROCEDURE>
                  </F02_2014></FORM_SECTION>
                </TED_EXPORT>
                """.formatted(number, calls.text(3), calls.text(8), calls.cpv(), calls.text(120), lots, deadline);
    }
}
