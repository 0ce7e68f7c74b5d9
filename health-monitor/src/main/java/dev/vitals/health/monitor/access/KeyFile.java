package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The file {@code secret.key}: one key per line, its id and its 32 bytes in base64, the newest last. */
final class KeyFile {
    /** The name of the file in the data directory. */
    static final String NAME = "secret.key";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{8}) ([A-Za-z0-9+/]{43}=)");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Path path;

    KeyFile(Path directory) {
        this.path = directory.resolve(NAME);
    }

    /** Returns the keys; none if the file does not exist. */
    List<EncryptionKey> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        refuseIfOthersMayRead();
        List<EncryptionKey> keys = new ArrayList<>();
        for (String line :
                new String(Files.readAllBytes(path), US_ASCII).lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IOException(path + " is damaged: line " + (keys.size() + 1) + " is not a key");
            }
            keys.add(EncryptionKey.of(parts.group(1), Base64.getDecoder().decode(parts.group(2))));
        }
        if (keys.isEmpty()) {
            throw new IOException(path + " is damaged: it contains no key");
        }
        return keys;
    }

    private void refuseIfOthersMayRead() throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
            if (mode.stream().anyMatch(OTHERS::contains)) {
                throw new IOException(path + " is open to other users, its mode is "
                        + PosixFilePermissions.toString(mode) + "; make it 0600");
            }
        }
    }

    /** Replaces the keys in the file; when this returns, they survive the death of the machine. */
    void write(List<EncryptionKey> keys) throws IOException {
        PrivateFile.write(
                path,
                keys.stream()
                        .map(key -> key.id() + " " + Base64.getEncoder().encodeToString(key.bytes()))
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
