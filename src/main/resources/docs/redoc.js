const systemFonts = 'system-ui, sans-serif';

Redoc.init('/openapi.json', {
  expandResponses: '200,201,202',
  theme: {
    typography: {fontFamily: systemFonts, headings: {fontFamily: systemFonts}},
  },
}, document.getElementById('redoc'));
