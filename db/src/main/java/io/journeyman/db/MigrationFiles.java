package io.journeyman.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** The migrations of some folders as this code has them: by their digest one sees without Flyway that nothing is to be done. */
final class MigrationFiles {
    /** By their places, so that the order in which a disk lists them makes no difference. */
    private final TreeMap<String, byte[]> contents = new TreeMap<>();

    private MigrationFiles() {}

    /** @param folders under {@code db/migrations}, wherever the class path has them */
    static MigrationFiles of(List<String> folders) {
        var files = new MigrationFiles();
        try {
            for (var folder : folders) {
                var place = "db/migrations/" + folder + "/";
                for (var url :
                        Collections.list(MigrationFiles.class.getClassLoader().getResources(place))) {
                    files.read(place, url);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the migrations cannot be read", e);
        }
        return files;
    }

    private void read(String place, URL url) throws IOException {
        if (url.openConnection() instanceof JarURLConnection jar) {
            readJar(place, jar);
        } else {
            readFolder(place, Path.of(URI.create(url.toString())));
        }
    }

    private void readFolder(String place, Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.put(place + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    private void readJar(String place, JarURLConnection jar) throws IOException {
        var file = jar.getJarFile(); // shared with the class loader, which closes it
        for (var entry : Collections.list(file.entries())) {
            if (!entry.isDirectory() && entry.getName().startsWith(place)) {
                try (InputStream content = file.getInputStream(entry)) {
                    contents.put(entry.getName(), content.readAllBytes());
                }
            }
        }
    }

    /** SHA-256 over names and contents, as 64 hexadecimal digits. */
    String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            contents.forEach((name, content) -> {
                digest.update((name + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
