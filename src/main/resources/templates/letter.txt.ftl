<#ftl output_format="plainText">
${brand}

${text}

${action}
${link}

${otherwise}

--
<#if footer?has_content>
${footer}
</#if>
${reference}
