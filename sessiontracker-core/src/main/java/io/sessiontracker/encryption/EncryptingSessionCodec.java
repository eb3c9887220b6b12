package io.sessiontracker.encryption;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import io.sessiontracker.Session;
import io.sessiontracker.spi.BlindIndex;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;

/**
 * Encrypts what another codec writes by AES-256-GCM (<a href="https://csrc.nist.gov/pubs/sp/800/38/d/final">NIST SP 800-38D</a>), with
 * a random nonce of 96 bits for each write: a key is good for 2<sup>32</sup> of them. The key's id is stored with the state, so that keys
 * can be {@linkplain SessionKeyProvider#activeKey replaced} at any time; the next write of a session uses the new one. A session's type and
 * key are authenticated: a state that is moved to another session cannot be read. Session keys are not encrypted, and of properties only the
 * values of those that are to be hidden: see {@link BlindIndex}.
 */
public final class EncryptingSessionCodec implements SessionCodec {

    private final SessionCodec codec;
    private final SessionCipher cipher;
    private final int compressAbove;

    /** Creates a codec that reads only what is encrypted, and compresses nothing. */
    public EncryptingSessionCodec(SessionCodec codec, SessionKeyProvider keys) {
        this(
                Objects.requireNonNull(codec, "codec"),
                new SessionCipher(Objects.requireNonNull(keys, "keys"), false),
                Integer.MAX_VALUE);
    }

    private EncryptingSessionCodec(SessionCodec codec, SessionCipher cipher, int compressAbove) {
        this.codec = codec;
        this.cipher = cipher;
        this.compressAbove = compressAbove;
    }

    /**
     * Returns a codec that also reads what is stored without encryption, and writes so as long as no key is {@linkplain
     * SessionKeyProvider#activeKey active}: for the time in which some processes know the keys and others do not yet.
     */
    public EncryptingSessionCodec acceptingPlain() {
        return new EncryptingSessionCodec(codec, new SessionCipher(cipher.keys(), true), compressAbove);
    }

    /**
     * Returns a codec that compresses what is larger, before it is encrypted. The stored size then reveals something of the content: do
     * not use it where an attacker chooses a part of the state and sees the size.
     */
    public EncryptingSessionCodec compressingAbove(int bytes) {
        return new EncryptingSessionCodec(codec, cipher, bytes);
    }

    @Override
    public void verify(Class<? extends Session> type) {
        codec.verify(type);
    }

    @Override
    public byte[] encode(SessionAddress address, Session session) {
        byte[] plain = codec.encode(address, session);
        SessionCipher.Part state = state(address);
        EncryptionKey key = cipher.activeKey(state).orElse(null);
        if (key == null) {
            return plain;
        }
        boolean compressed = plain.length > compressAbove;
        return cipher.encrypt(state, key, compressed ? deflate(plain) : plain, compressed);
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

    @Override
    public Optional<BlindIndex> blindIndex() {
        return Optional.of(new HashedProperties(cipher));
    }

    private byte[] decrypt(SessionAddress address, byte[] stored) {
        SessionCipher.Part state = state(address);
        if (!EncryptedPayload.isEncrypted(stored)) {
            if (cipher.acceptPlain()) {
                return stored;
            }
            throw state.plain();
        }
        EncryptedPayload payload = cipher.parse(state, stored);
        byte[] plain = cipher.decrypt(state, payload);
        return payload.compressed() ? inflate(state, plain) : plain;
    }

    private static SessionCipher.Part state(SessionAddress address) {
        return new SessionCipher.Part(address, null);
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

    private static byte[] inflate(SessionCipher.Part state, byte[] compressed) {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return inflater.readAllBytes();
        } catch (IOException broken) {
            throw state.failure("cannot be decrypted: its compressed bytes are broken", broken);
        }
    }
}
