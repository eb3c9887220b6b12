package io.sessiontracker.clock;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;

/**
 * A Java agent that sets the clock wrong for everything on the class path, libraries too: code that asks the system for the time
 * asks this class instead. No operating system lets a test do that to a process of its own.
 */
public final class WrongClock implements ClassFileTransformer {

    private static Duration offset = Duration.ZERO;

    private WrongClock() {}

    /** Begins, with how wrong the clock is to be. */
    public static void premain(String duration, Instrumentation instrumentation) {
        offset = Duration.parse(duration);
        instrumentation.addTransformer(new WrongClock());
    }

    /** In place of {@link System#currentTimeMillis}. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + offset.toMillis();
    }

    /** In place of {@link Instant#now}. */
    public static Instant now() {
        return Instant.now().plus(offset);
    }

    /** In place of {@link Clock#systemUTC}. */
    public static Clock systemUTC() {
        return Clock.offset(Clock.systemUTC(), offset);
    }

    /** In place of {@link Clock#systemDefaultZone}. */
    public static Clock systemDefaultZone() {
        return Clock.offset(Clock.system(ZoneId.systemDefault()), offset);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (loader != ClassLoader.getSystemClassLoader()
                || name.startsWith("org/springframework/asm/")
                || name.equals(WrongClock.class.getName().replace('.', '/'))) {
            return null;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Redirection(writer), 0);
        return writer.toByteArray();
    }

    /** Sends calls to this class that were meant for the system. */
    private static final class Redirection extends ClassVisitor {

        Redirection(ClassWriter writer) {
            super(SpringAsmInfo.ASM_VERSION, writer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(SpringAsmInfo.ASM_VERSION, next) {
                @Override
                public void visitMethodInsn(int code, String owner, String called, String type, boolean ofInterface) {
                    boolean system = switch (owner + "." + called + type) {
                        case "java/lang/System.currentTimeMillis()J",
                                "java/time/Instant.now()Ljava/time/Instant;",
                                "java/time/Clock.systemUTC()Ljava/time/Clock;",
                                "java/time/Clock.systemDefaultZone()Ljava/time/Clock;" -> true;
                        default -> false;
                    };
                    String target = WrongClock.class.getName().replace('.', '/');
                    super.visitMethodInsn(code, system ? target : owner, called, type, ofInterface);
                }
            };
        }
    }
}
