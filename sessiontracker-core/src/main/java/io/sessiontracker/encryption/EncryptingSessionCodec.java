package io.sessiontracker.encryption;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what another codec writes by AES-256-GCM (<a href="https://csrc.nist.gov/pubs/sp/800/38/d/final">NIST SP 800-38D</a>), with
 * a random nonce of 96 bits for each write: a key is good for 2<sup>32</sup> of them. The key's id is stored with the state, so that keys
 * can be {@linkplain SessionKeyProvider#activeKey replaced} at any time; the next write of a session uses the new one. A session's type and
 * key are authenticated: a state that is moved to another session cannot be read. Session keys and properties are not encrypted.
 */
public final class EncryptingSessionCodec implements SessionCodec {

    private final SessionCodec codec;
    private final SessionKeyProvider keys;
    private final boolean acceptPlain;
    private final int compressAbove;

    /** Creates a codec that reads only what is encrypted, and compresses nothing. */
    public EncryptingSessionCodec(SessionCodec codec, SessionKeyProvider keys) {
        this(codec, keys, false, Integer.MAX_VALUE);
    }

    private EncryptingSessionCodec(
            SessionCodec codec, SessionKeyProvider keys, boolean acceptPlain, int compressAbove) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.acceptPlain = acceptPlain;
        this.compressAbove = compressAbove;
    }

    /**
     * Returns a codec that also reads what is stored without encryption, and writes so as long as no key is {@linkplain
     * SessionKeyProvider#activeKey active}: for the time in which some processes know the keys and others do not yet.
     */
    public EncryptingSessionCodec acceptingPlain() {
        return new EncryptingSessionCodec(codec, keys, true, compressAbove);
    }

    /**
     * Returns a codec that compresses what is larger, before it is encrypted. The stored size then tells something of the content: do
     * not use it where an attacker chooses a part of the state and sees the size.
     */
    public EncryptingSessionCodec compressingAbove(int bytes) {
        return new EncryptingSessionCodec(codec, keys, acceptPlain, bytes);
    }

    @Override
    public void verify(Class<? extends Session> type) {
        codec.verify(type);
    }

    @Override
    public byte[] encode(SessionAddress address, Session session) {
        byte[] plain = codec.encode(address, session);
        EncryptionKey key = keys.activeKey().orElse(null);
        if (key == null && acceptPlain) {
            return plain;
        }
        if (key == null) {
            throw failure(address, "cannot be encrypted: no key is active", null);
        }
        boolean compressed = plain.length > compressAbove;
        try {
            return EncryptedPayload.encrypt(key, bytes(address), compressed ? deflate(plain) : plain, compressed);
        } catch (GeneralSecurityException failed) {
            throw failure(address, "cannot be encrypted: " + failed.getMessage(), failed);
        }
    }

    @Override
    public <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] payload) {
        return codec.decode(address, type, decrypt(address, payload));
    }

    /** Each encryption of the same state is another one, so they are compared as plain bytes. */
    @Override
    public boolean isSame(SessionAddress address, byte[] first, byte[] second) {
        return Arrays.equals(first, second) || codec.isSame(address, decrypt(address, first), decrypt(address, second));
    }

    private byte[] decrypt(SessionAddress address, byte[] stored) {
        if (!EncryptedPayload.isEncrypted(stored)) {
            if (acceptPlain) {
                return stored;
            }
            throw failure(
                    address,
                    "is stored without encryption, which session-tracker.encryption.accept-plain would allow",
                    null);
        }
        try {
            EncryptedPayload payload = EncryptedPayload.parse(stored);
            EncryptionKey key = keys.key(payload.keyId())
                    .orElseThrow(() -> failure(
                            address,
                            "is encrypted by the key \"%s\", which is not there; add it again until no session needs it"
                                    .formatted(payload.keyId()),
                            null));
            byte[] plain = payload.decrypt(key, bytes(address));
            return payload.compressed() ? inflate(plain) : plain;
        } catch (GeneralSecurityException failed) {
            throw failure(
                    address,
                    "cannot be decrypted: its bytes were changed, are those of another session, or the key of that id is another one",
                    failed);
        } catch (IllegalArgumentException | UncheckedIOException unknown) {
            throw failure(address, "cannot be decrypted: " + unknown.getMessage(), unknown);
        }
    }

    /** A type's name has no slash, so no two addresses are the same. */
    private static byte[] bytes(SessionAddress address) {
        return address.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] deflate(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] inflate(byte[] compressed) {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return inflater.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("its compressed bytes are broken", broken);
        }
    }

    private static SessionCodecException failure(SessionAddress address, String what, @Nullable Throwable cause) {
        return new SessionCodecException(
                address.type(), address.key(), "The session %s %s".formatted(address, what), cause);
    }
}
