<#ftl output_format="plainText">
<#-- The newsletter, text part. Write logical lines: they are wrapped at 72 columns afterwards. -->
<#macro heading words>

${words?upper_case}
${""?left_pad([words?length, 72]?min, "=")}

</#macro>
<#macro full item>

- ${item.date}<#if item.left?has_content> (${item.left})</#if> · ${item.kind}
  ${item.title}<#if item.object?has_content> ${item.object}</#if>
<#list [item.facts, item.doubt, item.also]?filter(line -> line?has_content) as line>
  ${line}
</#list>
<@link item/>
<@comment item/>
</#macro>
<#macro brief item>
- ${item.date}<#if item.mark?has_content> (${item.mark})</#if> · ${item.title}
<@link item/>
<@comment item/>
</#macro>
<#macro link item>
<#if item.link?has_content>
  ${item.link}
</#if>
</#macro>
<#macro comment item>
<#if item.comment??>
<#list item.comment.text?split("\n") as line>
  ${line}
</#list>
</#if>
</#macro>
${brand}
${subject}
<#if intro??>

${intro.text}
</#if>
<#list sections as section>
<@heading section.heading/>
<#if section.own??>
${section.own.text}
</#if>
<#list section.themes as theme>
<#if theme.heading?has_content>

* ${theme.heading} *
</#if>
<#list theme.items as item>
<#if item.full><@full item/><#else><@brief item/></#if>
</#list>
</#list>
</#list>

--
<#if footer?has_content>
${footer}
</#if>
<#if unsubscribe?has_content>
${words["unsubscribe"]}
${unsubscribe}
</#if>
