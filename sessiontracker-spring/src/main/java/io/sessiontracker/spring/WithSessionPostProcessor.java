package io.sessiontracker.spring;

import java.util.Objects;
import java.util.Set;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Creates proxies of beans that have {@link WithSession} methods, after verifying these. The session is read before and stored
 * after all other advice of the method, such as a transaction, except for {@code @Async}, which is outermost.
 */
public final class WithSessionPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private @Nullable SessionMethods methods;

    /**
     * Creates a post-processor. It must exist before the beans it proxies, and resolves the tracker at the first call.
     *
     * @param proxyTargetClass whether to proxy classes even if they have interfaces
     */
    public WithSessionPostProcessor(boolean proxyTargetClass) {
        setProxyTargetClass(proxyTargetClass);
        setBeforeExistingAdvisors(true);
        // Proxies of @Async are created later, and so wrap this one.
        setOrder(Ordered.LOWEST_PRECEDENCE - 1);
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        super.setBeanFactory(beans);
        KeyExpressions keys = new KeyExpressions(beans);
        SessionMethods methodsOfBeans = new SessionMethods(keys);
        methods = methodsOfBeans;
        SingletonSupplier<SessionTracker> tracker = SingletonSupplier.of(() -> beans.getBean(SessionTracker.class));
        this.advisor = new DefaultPointcutAdvisor(
                new AnnotationMatchingPointcut(null, WithSession.class, true),
                new WithSessionInterceptor(tracker::obtain, methodsOfBeans, keys));
    }

    @Override
    protected boolean isEligible(Object bean, String beanName) {
        Class<?> targetClass = AopUtils.getTargetClass(bean);
        if (!AnnotationUtils.isCandidateClass(targetClass, WithSession.class) || !super.isEligible(bean, beanName)) {
            return false;
        }
        Objects.requireNonNull(methods).verify(targetClass);
        return true;
    }

    /** Returns the session classes that the methods of the beans made so far name. */
    public Set<Class<? extends Session>> sessionTypes() {
        return methods == null ? Set.of() : methods.types();
    }

    /** Returns the session classes that the methods of a bean's class name, whether or not there is a bean yet. */
    public static Set<Class<? extends Session>> sessionTypesOf(Class<?> beanClass) {
        return AnnotationUtils.isCandidateClass(beanClass, WithSession.class)
                ? SessionMethods.typesOf(beanClass)
                : Set.of();
    }
}
