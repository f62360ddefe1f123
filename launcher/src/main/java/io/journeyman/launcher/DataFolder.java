package io.journeyman.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** All that one shop on one machine keeps: databases, logs, secrets. One {@code up} at a time uses it. */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private Optional<FileChannel> lock = Optional.empty();

    DataFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Creates what is missing and keeps others out until {@link #close}. */
    void take() {
        try {
            Files.createDirectories(logs());
            Files.createDirectories(secrets());
            Files.setPosixFilePermissions(secrets(), PosixFilePermissions.fromString("rwx------"));
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel).isEmpty()) {
                channel.close();
                throw new CannotStart(
                        "another journeyman is up with the data folder %s: stop that one, or name another folder with --data."
                                .formatted(path));
            }
            lock = Optional.of(channel);
        } catch (IOException | UnsupportedOperationException e) {
            throw new CannotStart(
                    "the data folder %s cannot be used (%s): make it a folder that you may write, or name another with --data."
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    Path path() {
        return path;
    }

    /** From now on this is a shop with data of its own: it is never filled with the sample one, also where nobody says so again. */
    void keepWithoutSample() {
        try {
            Files.writeString(
                    ownData(), "This shop has its own data: ./journeyman up does not fill it with the sample one.\n");
        } catch (IOException e) {
            throw new CannotStart(
                    "%s cannot be written (%s): mend its permissions, or name another folder with --data."
                            .formatted(ownData(), e.getMessage()),
                    e);
        }
    }

    ShopMemory memory() {
        return new ShopMemory(path.resolve("shop"));
    }

    boolean isWithoutSample() {
        return Files.exists(ownData());
    }

    private Path ownData() {
        return path.resolve("no-sample");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    private Path secrets() {
        return path.resolve("secrets");
    }

    /** A random secret of 256 bits that is made once and readable by its owner only. */
    String secret(String name) {
        return secret(name, "");
    }

    /** The same, and what its file says in front of it. */
    String secret(String name, String prefix) {
        var file = secrets().resolve(name);
        try {
            if (!Files.exists(file)) {
                var bytes = new byte[32];
                new SecureRandom().nextBytes(bytes);
                writeOnce(file, prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            }
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new CannotStart(
                    "the secret %s cannot be read or written (%s): mend its permissions, or name another folder with --data."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** The secret of a shop that has been up before. */
    Optional<String> existingSecret(String name) {
        return Files.isReadable(secrets().resolve(name)) ? Optional.of(secret(name)) : Optional.empty();
    }

    private static void writeOnce(Path file, String text) throws IOException {
        var fresh = Files.createTempFile(
                file.getParent(),
                "new",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        lock.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        lock = Optional.empty();
    }
}
