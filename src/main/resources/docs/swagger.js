/* Every field of the dialog asks for the focus, and the last one would keep it; nearly all sign in with the first. */
const authorizeBeginsWithTheKey = () => ({
  statePlugins: {
    auth: {
      wrapActions: {
        showDefinitions: (original) => (definitions) => {
          original(definitions);
          setTimeout(() => document.getElementById('auth-bearer-value')?.focus());
        },
      },
    },
  },
});

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  persistAuthorization: true,
  validatorUrl: null,
  plugins: [authorizeBeginsWithTheKey],
});
