STATIC_ROOT = BASE_DIR / 'static'
